import type { DescMessage, DescMethodUnary } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { createConnectQueryKey, useMutation, useQuery, useTransport } from "@connectrpc/connect-query";
import { keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { OnChange } from "../gen/storebot/v1/knowledge_pb";
import { type GapState, LearningService } from "../gen/storebot/v1/learning_pb";
import { afterChange } from "./knowledge";

const method = LearningService.method;

const minute = 60_000;

/** useGaps lists the gaps in a state, the open ones if none is named, those most asked for first; watch asks again each minute. */
export function useGaps(pageSize = 100, watch = false, state?: GapState) {
  return useQuery(
    method.listGaps,
    { pageSize, state },
    { refetchInterval: watch ? minute : false, placeholderData: keepPreviousData },
  );
}

export function useGap(id: string) {
  return useQuery(method.getGap, { id });
}

/** useGapConversation loads the conversation of a question once it is wanted. */
export function useGapConversation(questionId: string, wanted: boolean) {
  return useQuery(method.getGapConversation, { questionId }, { enabled: wanted });
}

export function useCoverage() {
  return useQuery(method.getCoverage, {});
}

/** useDraft has an answer to a gap begun; a model may take some seconds, and would write another one each time. */
export function useDraft(gapId: string) {
  return useQuery(method.draftAnswer, { gapId }, { staleTime: Number.POSITIVE_INFINITY });
}

/** useLearn makes a hook of a method after which everything that depends on the entries loads again. */
function useLearn<I extends DescMessage, O extends DescMessage>(schema: DescMethodUnary<I, O>) {
  const client = useQueryClient();
  return useMutation(schema, { onSuccess: () => afterChange(client) });
}

export const useApproveGap = () => useLearn(method.approveGap);
export const useMergeGaps = () => useLearn(method.mergeGaps);
export const useSplitGap = () => useLearn(method.splitGap);
export const useDismissGap = () => useLearn(method.dismissGap);
export const useRestoreGap = () => useLearn(method.restoreGap);
export const useCorrectAnswer = () => useLearn(method.correctAnswer);
export const useCorrectToProduct = () => useLearn(method.correctToProduct);

/** useChecks asks all checks; their outcome may change with any change of the entries. */
export function useChecks() {
  return useQuery(method.listChecks, {}, { staleTime: 0 });
}

function useForgetChecks() {
  const client = useQueryClient();
  return () =>
    client.invalidateQueries({
      queryKey: createConnectQueryKey({ schema: method.listChecks, cardinality: "finite" }),
    });
}

export const useCreateCheck = () => useMutation(method.createCheck, { onSuccess: useForgetChecks() });
export const useDeleteChecks = () => useMutation(method.deleteChecks, { onSuccess: useForgetChecks() });

/** useImportPreview says what a staged import would break if it were made so. */
export function useImportPreview(importId: string, onChange: OnChange) {
  return useQuery(method.previewChange, { importId, onChange }, { staleTime: 0 });
}

/** usePreview returns a function that says what a change would break. */
export function usePreview() {
  const transport = useTransport();
  return useMemo(() => createClient(LearningService, transport).previewChange, [transport]);
}
