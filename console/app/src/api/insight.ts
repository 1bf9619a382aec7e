import type { MessageInitShape } from "@bufbuild/protobuf";
import { durationFromMs, timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  createConnectQueryKey,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useTransport,
} from "@connectrpc/connect-query";
import { keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { InsightService, type LedgerFilterSchema } from "../gen/storebot/v1/insight_pb";
import { byToken } from "./paged";

const { getReport, getBaseline, setBaseline, listLedger, exportLedger, listTopEntries, getStaffingPlan } =
  InsightService.method;

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

export type LedgerFilter = MessageInitShape<typeof LedgerFilterSchema>;

/** useLedger returns the conversations that the filter means, page after page. */
export function useLedger(span: Span, filter: LedgerFilter) {
  return useInfiniteQuery(listLedger, { ...request(span), filter, pageSize: 50, pageToken: "" }, byToken);
}

/** useExportLedger fetches them all as one file. */
export function useExportLedger() {
  const exporting = useMutation(exportLedger);
  return {
    isPending: exporting.isPending,
    mutate: (span: Span, filter: LedgerFilter, then: Parameters<typeof exporting.mutate>[1]) =>
      exporting.mutate({ ...request(span), filter }, then),
  };
}

export function useTopEntries(span: Span) {
  return useQuery(listTopEntries, request(span), { placeholderData: keepPreviousData });
}

type Target = { level: number; waitMinutes: number; patienceMinutes: number; opensAt: number };

/** useStaffingPlan returns the load of a span and the people it needs; the last one stays in sight until it comes. */
export function useStaffingPlan(span: Span, target: Target) {
  return useQuery(
    getStaffingPlan,
    {
      ...request(span),
      serviceLevel: target.level,
      wait: durationFromMs(target.waitMinutes * 60_000),
      patience: durationFromMs(target.patienceMinutes * 60_000),
      opensAt: target.opensAt,
    },
    { placeholderData: keepPreviousData },
  );
}
