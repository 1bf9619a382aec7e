import {
  callUnaryMethod,
  createConnectQueryKey,
  useMutation,
  useQuery,
  useTransport,
} from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { PlatformService } from "../gen/storebot/v1/platform_pb";

const platform = PlatformService.method;

export const useAdmin = () => useQuery(platform.getAdmin, {}, { staleTime: 60_000 });

/** useFresh returns what has all that was loaded thrown away, as somebody else's, and what is shown asked for anew. */
function useFresh() {
  const client = useQueryClient();
  return () => client.resetQueries();
}

export const useLogInAdmin = () => useMutation(platform.logInAdmin, { onSuccess: useFresh() });
export const useOpenLink = () => useMutation(platform.openLink, { onSuccess: useFresh() });

export function useLogOutAdmin() {
  const transport = useTransport();
  const fresh = useFresh();
  return async () => {
    await callUnaryMethod(transport, platform.logOutAdmin, {});
    await fresh();
  };
}

export const useTenants = (query: { search?: string; status?: string; token?: string }) =>
  useQuery(
    platform.listTenants,
    { search: query.search ?? "", status: query.status ?? "", pageToken: query.token ?? "" },
    { placeholderData: (before) => before },
  );

/** useTenantsAgain returns what has the shops and the audit asked for again. */
function useTenantsAgain() {
  const client = useQueryClient();
  const keys = [
    createConnectQueryKey({ schema: platform.listTenants, cardinality: "finite" }),
    createConnectQueryKey({ schema: platform.listAudit, cardinality: "finite" }),
  ];
  return () => Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
}

export const useSuspend = () => useMutation(platform.suspendTenant, { onSettled: useTenantsAgain() });
export const useResume = () => useMutation(platform.resumeTenant, { onSettled: useTenantsAgain() });
export const useSetQuota = () => useMutation(platform.setQuota, { onSettled: useTenantsAgain() });

/** useEnterTenant begins a visit: what was loaded is thrown away, and nothing is asked for before the shop is shown. */
export function useEnterTenant() {
  const client = useQueryClient();
  return useMutation(platform.enterTenant, { onSuccess: () => client.clear() });
}

export const useAccountResetLink = () => useMutation(platform.makeAccountResetLink);

export const useAudit = (query: { shop?: string; admin?: string; token?: string }) =>
  useQuery(
    platform.listAudit,
    { slug: query.shop ?? "", admin: query.admin ?? "", pageToken: query.token ?? "" },
    { placeholderData: (before) => before },
  );

export const usePlatformState = () => useQuery(platform.getState, {}, { refetchInterval: 5_000 });

export function useRetryJob() {
  const client = useQueryClient();
  return useMutation(platform.retryJob, {
    onSettled: () =>
      client.invalidateQueries({
        queryKey: createConnectQueryKey({ schema: platform.getState, cardinality: "finite" }),
      }),
  });
}
