import { createConnectQueryKey, useMutation, useQuery } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { AnsweringService } from "../gen/storebot/v1/answering_pb";

const { getAnswering, updateAnswering } = AnsweringService.method;

/** useAnswering returns how the shop answers, and what each strictness would do. */
export function useAnswering() {
  return useQuery(getAnswering, {});
}

/** useUpdateAnswering replaces the settings; what each strictness does is asked anew. */
export function useUpdateAnswering() {
  const client = useQueryClient();
  return useMutation(updateAnswering, {
    onSuccess: () =>
      client.invalidateQueries({
        queryKey: createConnectQueryKey({ schema: getAnswering, cardinality: "finite" }),
      }),
  });
}
