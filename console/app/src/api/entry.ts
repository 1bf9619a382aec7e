import { createConnectQueryKey, useMutation, useQuery } from "@connectrpc/connect-query";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { KnowledgeService } from "../gen/storebot/v1/knowledge_pb";
import { ProductService } from "../gen/storebot/v1/product_pb";
import { afterChange } from "./knowledge";

const method = KnowledgeService.method;

/** useEntry returns one entry with its use; nothing is asked for while id is empty. */
export function useEntry(id: string) {
  return useQuery(method.getEntry, { id }, { enabled: id !== "" });
}

/**
 * afterVersion makes what shows one entry load again, beside the lists; and the products, which a change that is
 * taken back may be of.
 */
async function afterVersion(client: QueryClient) {
  const keys = [
    createConnectQueryKey({ schema: method.getEntry, cardinality: "finite" }),
    createConnectQueryKey({ schema: method.listRevisions, cardinality: "finite" }),
    createConnectQueryKey({ schema: method.suggestPhrasings, cardinality: "finite" }),
    createConnectQueryKey({ schema: method.getImport, cardinality: "finite" }),
    createConnectQueryKey({ schema: method.listImports, cardinality: "infinite" }),
    createConnectQueryKey({ schema: ProductService, cardinality: "finite" }),
  ];
  await Promise.all([afterChange(client), ...keys.map((queryKey) => client.invalidateQueries({ queryKey }))]);
}

export function useCreateEntry() {
  const client = useQueryClient();
  return useMutation(method.createEntry, { onSuccess: () => afterVersion(client) });
}

export function useUpdateEntry() {
  const client = useQueryClient();
  return useMutation(method.updateEntry, { onSuccess: () => afterVersion(client) });
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

export function useRevisions(entryId: string) {
  return useQuery(method.listRevisions, { entryId });
}

/** useHits are the shoppers' questions that an entry answered. */
export function useHits(entryId: string) {
  return useQuery(method.listHits, { entryId });
}

export function useRestoreRevision() {
  const client = useQueryClient();
  return useMutation(method.restoreRevision, { onSuccess: () => afterVersion(client) });
}

/** useSuggestions are shoppers' questions that might become phrasings of an entry. */
export function useSuggestions(entryId: string) {
  return useQuery(method.suggestPhrasings, { entryId });
}
