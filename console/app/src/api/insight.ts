import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  createConnectQueryKey,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useTransport,
} from "@connectrpc/connect-query";
import { keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { InsightService } from "../gen/storebot/v1/insight_pb";

const { getReport, getBaseline, setBaseline, listLedger } = InsightService.method;

export type Span = { from: Date; to: Date };

function request(span: Span) {
  return { from: timestampFromDate(span.from), to: timestampFromDate(span.to) };
}

/** useReport returns the figures, asked for anew at each look; until they come, the last ones stay in sight. */
export function useReport(span: Span) {
  return useQuery(getReport, request(span), { placeholderData: keepPreviousData, staleTime: 0 });
}

export function useBaseline() {
  return useQuery(getBaseline, {}, { staleTime: 300_000 });
}

/** useSetBaseline stores how it was before, and makes the figures that rest on it load again. */
export function useSetBaseline() {
  const client = useQueryClient();
  const transport = useTransport();
  return useMutation(setBaseline, {
    onSuccess: async (response) => {
      client.setQueryData(
        createConnectQueryKey({ schema: getBaseline, input: {}, transport, cardinality: "finite" }),
        {
          $typeName: "storebot.v1.GetBaselineResponse",
          baseline: response.baseline,
        },
      );
      await client.invalidateQueries({
        queryKey: createConnectQueryKey({ schema: getReport, cardinality: "finite" }),
      });
    },
  });
}

/** useLedger returns the conversations behind the figures, page after page. */
export function useLedger(span: Span, enabled: boolean) {
  return useInfiniteQuery(
    listLedger,
    { ...request(span), pageSize: 50, pageToken: "" },
    { pageParamKey: "pageToken", getNextPageParam: (last) => last.nextPageToken || undefined, enabled },
  );
}
