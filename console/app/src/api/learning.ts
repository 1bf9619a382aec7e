import { useMutation, useQuery } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { LearningService } from "../gen/storebot/v1/learning_pb";
import { afterChange } from "./knowledge";

const method = LearningService.method;

const minute = 60_000;

/** useGaps lists open questions, the newest first; watch asks again each minute. */
export function useGaps(pageSize = 100, watch = false) {
  return useQuery(method.listGaps, { pageSize }, { refetchInterval: watch ? minute : false });
}

export function useDismissGap() {
  const client = useQueryClient();
  return useMutation(method.dismissGap, { onSuccess: () => afterChange(client) });
}
