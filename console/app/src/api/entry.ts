import { createConnectQueryKey, useInfiniteQuery, useMutation, useQuery } from "@connectrpc/connect-query";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { KnowledgeService } from "../gen/storebot/v1/knowledge_pb";
import { afterChange } from "./knowledge";
import { byToken } from "./paged";
import { pastOf } from "./past";
import { ifOvertaken } from "./problem";

const method = KnowledgeService.method;

/**
 * useEntry returns one entry with its use; nothing is asked for while id is empty. It is
 * never what was loaded for somebody who looked before: a form begins with what stands there.
 */
export function useEntry(id: string) {
  return useQuery(method.getEntry, { id }, { enabled: id !== "", gcTime: 0 });
}

/**
 * afterVersion makes all load again that shows entries, or products, which a change that is taken back may be of;
 * and the imports, which it may be too.
 */
async function afterVersion(client: QueryClient) {
  const keys = [
    createConnectQueryKey({ schema: method.getImport, cardinality: "finite" }),
    createConnectQueryKey({ schema: method.listImports, cardinality: "infinite" }),
  ];
  await Promise.all([afterChange(client), ...keys.map((queryKey) => client.invalidateQueries({ queryKey }))]);
}

export function useCreateEntry() {
  const client = useQueryClient();
  return useMutation(method.createEntry, { onSuccess: () => afterVersion(client) });
}

export function useUpdateEntry() {
  const client = useQueryClient();
  return useMutation(method.updateEntry, {
    onSuccess: () => afterVersion(client),
    onError: ifOvertaken(() => afterVersion(client)),
  });
}

export function useDeleteEntries() {
  const client = useQueryClient();
  return useMutation(method.deleteEntries, { onSuccess: () => afterVersion(client) });
}

export function useEditEntries() {
  const client = useQueryClient();
  return useMutation(method.editEntries, { onSuccess: () => afterVersion(client) });
}

/** useUndoChange takes back an edit, an act on many, or an import; of entries or of products. */
export function useUndoChange() {
  const client = useQueryClient();
  return useMutation(method.undoChange, { onSuccess: () => afterVersion(client) });
}

/** useRevisions lists an entry's versions, page after page. */
export function useRevisions(entryId: string, enabled = true) {
  const list = useInfiniteQuery(
    method.listRevisions,
    { entryId, pageToken: "" },
    { ...byToken, enabled, staleTime: 0 },
  );
  return { ...list, data: pastOf(list.data?.pages) };
}

/** useHits are the shoppers' questions that an entry answered. */
export function useHits(entryId: string) {
  return useQuery(method.listHits, { entryId });
}

export function useRestoreRevision() {
  const client = useQueryClient();
  return useMutation(method.restoreRevision, {
    onSuccess: () => afterVersion(client),
    onError: ifOvertaken(() => afterVersion(client)),
  });
}

/** useSuggestions are shoppers' questions that might become phrasings of an entry. */
export function useSuggestions(entryId: string) {
  return useQuery(method.suggestPhrasings, { entryId });
}
