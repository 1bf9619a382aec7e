import { createConnectQueryKey, useMutation, useQuery } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { AccountService } from "../gen/storebot/v1/account_pb";
import { TenantService } from "../gen/storebot/v1/tenant_pb";
import { useEnter } from "./account";

const people = TenantService.method;
const account = AccountService.method;

export const useMembers = () => useQuery(people.listMembers, {});
export const useInvitations = (enabled: boolean) => useQuery(people.listInvitations, {}, { enabled });

/** useAgain returns what has the members and the invitations asked for again, and who the reader is: it may be their own role. */
function useAgain() {
  const client = useQueryClient();
  const keys = [
    createConnectQueryKey({ schema: people.listMembers, cardinality: "finite" }),
    createConnectQueryKey({ schema: people.listInvitations, cardinality: "finite" }),
    createConnectQueryKey({ schema: account.whoAmI, cardinality: "finite" }),
  ];
  return () => Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
}

export const useSetMemberRole = () => useMutation(people.setMemberRole, { onSettled: useAgain() });
export const useRemoveMember = () => useMutation(people.removeMember, { onSettled: useAgain() });
export const useInvite = () => useMutation(people.invite, { onSettled: useAgain() });
export const useRevokeInvitation = () => useMutation(people.revokeInvitation, { onSettled: useAgain() });
export const useMakeResetLink = () => useMutation(people.makeResetLink);

export const useInvitation = (token: string) =>
  useQuery(account.getInvitation, { token }, { enabled: token !== "", retry: false });
export const useRequestPasswordReset = () => useMutation(account.requestPasswordReset);
export const useResetPassword = () => useMutation(account.resetPassword);
export const useChangePassword = () => useMutation(account.changePassword);

export function useAcceptInvitation() {
  const enter = useEnter();
  return useMutation(account.acceptInvitation, { onSuccess: (response) => enter(response.me) });
}

/** linkToken is the secret after "#" in this page's address: browsers send it to no server. */
export const linkToken = () => window.location.hash.slice(1);

/** linkTo is the address that a secret belongs into. */
export const linkTo = (page: string, token: string) => `${window.location.origin}/console/${page}#${token}`;
