import { createConnectQueryKey, useMutation, useQuery } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { InboxService } from "../gen/storebot/v1/inbox_pb";

const { getHours, setHours } = InboxService.method;

export function useHours() {
  return useQuery(getHours, {});
}

/** useSetHours stores them and reads again what they lead to. */
export function useSetHours() {
  const client = useQueryClient();
  return useMutation(setHours, {
    onSuccess: () =>
      client.invalidateQueries({
        queryKey: createConnectQueryKey({ schema: getHours, cardinality: "finite" }),
      }),
  });
}
