import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import {
  callUnaryMethod,
  createConnectQueryKey,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useTransport,
} from "@connectrpc/connect-query";
import { keepPreviousData, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import {
  GetImportResponseSchema,
  type Import,
  ImportState,
  KnowledgeService,
  type ListEntriesRequestSchema,
  type Subject,
  type TryQuestionResponse,
} from "../gen/storebot/v1/knowledge_pb";
import { LearningService } from "../gen/storebot/v1/learning_pb";
import { ProductService } from "../gen/storebot/v1/product_pb";
import { byToken } from "./paged";
import { fresh } from "./transport";

const method = KnowledgeService.method;

const minute = 60_000;

export type EntryFilter = MessageInitShape<typeof ListEntriesRequestSchema>;

/** useEntries returns one page of the entries that fit; the last page stays in sight while the next is loading. */
export function useEntries(filter: EntryFilter, pageSize = 25) {
  return useQuery(method.listEntries, { ...filter, pageSize }, { placeholderData: keepPreviousData });
}

/** afterChange makes everything that depends on the entries load again, and on the products, as an import may be of them. */
export async function afterChange(client: QueryClient) {
  const keys = [
    createConnectQueryKey({ schema: method.listEntries, cardinality: "finite" }),
    createConnectQueryKey({ schema: method.getEntry, cardinality: "finite" }),
    createConnectQueryKey({ schema: method.listRevisions, cardinality: "infinite" }),
    createConnectQueryKey({ schema: method.suggestPhrasings, cardinality: "finite" }),
    createConnectQueryKey({ schema: method.getEngine, cardinality: "finite" }),
    createConnectQueryKey({ schema: LearningService, cardinality: "finite" }),
    createConnectQueryKey({ schema: ProductService, cardinality: "finite" }),
    createConnectQueryKey({ schema: ProductService, cardinality: "infinite" }),
  ];
  await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** useExport returns a function that fetches all entries as a file. */
export function useExport() {
  const transport = useTransport();
  return (format: "csv" | "xlsx") => callUnaryMethod(transport, method.exportEntries, { format });
}

/** useEngine says which engine answers; asked again each minute. */
export function useEngine(staleTime = fresh) {
  return useQuery(method.getEngine, {}, { refetchInterval: minute, staleTime });
}

export function useStageImport() {
  const client = useQueryClient();
  return useMutation(method.stageImport, { onSuccess: () => forgetImports(client) });
}

/** useImports returns the imports of one kind of rows, the newest first, page after page. */
export function useImports(subject: Subject) {
  return useInfiniteQuery(method.listImports, { pageSize: 10, pageToken: "", subject }, byToken);
}

export function useImport(importId: string) {
  return useQuery(method.getImport, { importId });
}

export function useCommitImport() {
  const client = useQueryClient();
  const transport = useTransport();
  return useMutation(method.commitImport, {
    onSuccess: (response) => {
      keepImport(client, transport, response.import);
      return forgetImports(client);
    },
  });
}

function forgetImports(client: QueryClient) {
  return client.invalidateQueries({
    queryKey: createConnectQueryKey({ schema: method.listImports, cardinality: "infinite" }),
  });
}

function keepImport(client: QueryClient, transport: Transport, latest: Import | undefined) {
  if (!latest) return;
  const input = { importId: latest.id };
  client.setQueryData(
    createConnectQueryKey({ schema: method.getImport, input, transport, cardinality: "finite" }),
    create(GetImportResponseSchema, { import: latest }),
  );
}

/**
 * useImportProgress keeps the import of useImport up to date while it runs. A
 * stream that breaks off is opened again after a growing pause; the result says
 * whether it is being waited for.
 */
export function useImportProgress(importId: string, running: boolean): { waiting: boolean } {
  const client = useQueryClient();
  const transport = useTransport();
  const [waiting, setWaiting] = useState(false);
  useEffect(() => {
    if (!running) return;
    const stop = new AbortController();
    const watch = async () => {
      for (let failures = 0; !stop.signal.aborted; failures++) {
        try {
          for await (const update of createClient(KnowledgeService, transport).watchImport(
            { importId },
            { signal: stop.signal },
          )) {
            failures = 0;
            setWaiting(false);
            keepImport(client, transport, update.import);
            const state = update.import?.state;
            if (state === ImportState.DONE || state === ImportState.FAILED) {
              await Promise.all([afterChange(client), forgetImports(client)]);
              return;
            }
          }
        } catch (error) {
          const code = ConnectError.from(error).code;
          if (stop.signal.aborted || code === Code.NotFound || code === Code.Unauthenticated) return;
        }
        setWaiting(true);
        await pause(Math.min(1000 * 2 ** failures, 15_000), stop.signal);
      }
    };
    void watch();
    return () => stop.abort();
  }, [client, transport, importId, running]);
  return { waiting };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** useTry returns a function that asks a question as a shopper would and yields what comes back. */
export function useTry() {
  const transport = useTransport();
  return (question: string, signal: AbortSignal): AsyncIterable<TryQuestionResponse> =>
    createClient(KnowledgeService, transport).tryQuestion({ question }, { signal });
}
