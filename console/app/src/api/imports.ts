import { create } from "@bufbuild/protobuf";
import {
  callUnaryMethod,
  createConnectQueryKey,
  useMutation,
  useQuery,
  useTransport,
} from "@connectrpc/connect-query";
import { keepPreviousData, useQueryClient } from "@tanstack/react-query";
import {
  GetImportResponseSchema,
  type Import,
  KnowledgeService,
  type RowStatus,
} from "../gen/storebot/v1/knowledge_pb";
import { LearningService } from "../gen/storebot/v1/learning_pb";

const method = KnowledgeService.method;

type RowFilter = { statuses: RowStatus[]; problemCode: string; pageToken: string };

/** useImportRows is one page of the rows that fit; the last page stays in sight while the next is loading. */
export function useImportRows(importId: string, filter: RowFilter, pageSize = 50) {
  return useQuery(
    method.listImportRows,
    { importId, ...filter, pageSize },
    { placeholderData: keepPreviousData },
  );
}

/** useRechecked takes in what the server says of an import after its rows were changed. */
function useRechecked() {
  const client = useQueryClient();
  const transport = useTransport();
  return async (one: Import | undefined) => {
    if (!one) return;
    const input = { importId: one.id };
    client.setQueryData(
      createConnectQueryKey({ schema: method.getImport, input, transport, cardinality: "finite" }),
      create(GetImportResponseSchema, { import: one }),
    );
    for (const queryKey of [
      createConnectQueryKey({ schema: method.listImportRows, cardinality: "finite" }),
      createConnectQueryKey({ schema: LearningService.method.previewChange, cardinality: "finite" }),
    ])
      await client.invalidateQueries({ queryKey });
  };
}

export function useEditImportRow() {
  const rechecked = useRechecked();
  return useMutation(method.editImportRow, { onSuccess: (response) => rechecked(response.import) });
}

export function useChooseImportRows() {
  const rechecked = useRechecked();
  return useMutation(method.chooseImportRows, { onSuccess: (response) => rechecked(response.import) });
}

/** useSetImport says what holds for all rows. */
export function useSetImport() {
  const rechecked = useRechecked();
  // One after the other: what was chosen last is what counts.
  return useMutation(method.setImport, {
    onSuccess: (response) => rechecked(response.import),
    scope: { id: "import" },
  });
}

/** useInvalidRows returns a function that fetches the rows that cannot be taken in, as a file in the reader's words. */
export function useInvalidRows() {
  const transport = useTransport();
  return (importId: string, words: Record<string, string>) =>
    callUnaryMethod(transport, method.exportInvalidRows, { importId, words });
}
