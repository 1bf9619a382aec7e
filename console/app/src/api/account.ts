import type { Transport } from "@connectrpc/connect";
import {
  callUnaryMethod,
  createConnectQueryKey,
  createQueryOptions,
  useMutation,
  useQuery,
  useTransport,
} from "@connectrpc/connect-query";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { AccountService, type Me } from "../gen/storebot/v1/account_pb";

const { whoAmI, logIn, signUp, logOut, listSessions, revokeSession, listShops, enterShop } =
  AccountService.method;

const minute = 60_000;

/** fetchMe asks who is signed in, at most once a minute; it throws Unauthenticated when nobody is. */
export async function fetchMe(client: QueryClient, transport: Transport): Promise<Me | undefined> {
  const options = createQueryOptions(whoAmI, {}, { transport });
  const response = await client.fetchQuery({ ...options, staleTime: minute, retry: false });
  return response.me;
}

/** useMe returns the person signed in; undefined until that is known. */
export function useMe(): Me | undefined {
  return useQuery(whoAmI, {}, { staleTime: minute }).data?.me;
}

/** useEnter starts a session: whatever was cached belongs to nobody now. */
export function useEnter() {
  const client = useQueryClient();
  const transport = useTransport();
  return (me: Me | undefined) => {
    client.clear();
    client.setQueryData(
      createConnectQueryKey({ schema: whoAmI, input: {}, transport, cardinality: "finite" }),
      {
        $typeName: "storebot.v1.WhoAmIResponse",
        me,
      },
    );
  };
}

export function useLogIn() {
  const enter = useEnter();
  return useMutation(logIn, { onSuccess: (response) => enter(response.me) });
}

export function useSignUp() {
  const enter = useEnter();
  return useMutation(signUp, { onSuccess: (response) => enter(response.me) });
}

/** useShops tells in which shops the person works. */
export const useShops = () => useQuery(listShops, {}, { staleTime: minute }).data?.shops ?? [];

/** useEnterShop goes on in another shop; load the page anew after it: all that is shown is the other's. */
export const useEnterShop = () => useMutation(enterShop);

/** useLogOut ends the session and forgets everything that was loaded in it. */
export function useLogOut() {
  const client = useQueryClient();
  const transport = useTransport();
  return async () => {
    await callUnaryMethod(transport, logOut, {});
    client.clear();
  };
}

export function useSessions() {
  return useQuery(listSessions, {});
}

export function useRevokeSession() {
  const client = useQueryClient();
  return useMutation(revokeSession, {
    onSuccess: () =>
      client.invalidateQueries({
        queryKey: createConnectQueryKey({ schema: listSessions, cardinality: "finite" }),
      }),
  });
}
