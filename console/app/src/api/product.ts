import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  callUnaryMethod,
  createConnectQueryKey,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useTransport,
} from "@connectrpc/connect-query";
import { keepPreviousData, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { KnowledgeService } from "../gen/storebot/v1/knowledge_pb";
import { LearningService } from "../gen/storebot/v1/learning_pb";
import { type ListProductsRequestSchema, ProductService } from "../gen/storebot/v1/product_pb";
import { byToken } from "./paged";
import { pastOf } from "./past";
import { ifOvertaken } from "./problem";

const method = ProductService.method;

/** useProducts returns one page of the products that fit; the last page stays in sight while the next is loading. */
export function useProducts(filter: MessageInitShape<typeof ListProductsRequestSchema>, pageSize = 25) {
  return useQuery(method.listProducts, { ...filter, pageSize }, { placeholderData: keepPreviousData });
}

/** useProduct returns one product, as it stands now; nothing is asked for while id is empty. */
export function useProduct(id: string) {
  return useQuery(method.getProduct, { id }, { enabled: id !== "", gcTime: 0 });
}

/** afterChange makes all that depends on the products load again. */
async function afterChange(client: QueryClient) {
  const keys = [
    createConnectQueryKey({ schema: ProductService, cardinality: "finite" }),
    createConnectQueryKey({ schema: ProductService, cardinality: "infinite" }),
    createConnectQueryKey({ schema: KnowledgeService.method.getEngine, cardinality: "finite" }),
    createConnectQueryKey({ schema: LearningService, cardinality: "finite" }),
  ];
  await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
}

export function useSaveProduct() {
  const client = useQueryClient();
  return useMutation(method.saveProduct, {
    onSuccess: () => afterChange(client),
    onError: ifOvertaken(() => afterChange(client)),
  });
}

export function useDeleteProducts() {
  const client = useQueryClient();
  return useMutation(method.deleteProducts, { onSuccess: () => afterChange(client) });
}

/** useProductRevisions lists a product's versions, page after page. */
export function useProductRevisions(productId: string, enabled = true) {
  const list = useInfiniteQuery(
    method.listProductRevisions,
    { productId, pageToken: "" },
    { ...byToken, enabled, staleTime: 0 },
  );
  return { ...list, data: pastOf(list.data?.pages) };
}

export function useRestoreProductRevision() {
  const client = useQueryClient();
  return useMutation(method.restoreProductRevision, {
    onSuccess: () => afterChange(client),
    onError: ifOvertaken(() => afterChange(client)),
  });
}

/** useExportProducts returns a function that fetches all products as a file. */
export function useExportProducts() {
  const transport = useTransport();
  return (format: "csv" | "xlsx") => callUnaryMethod(transport, method.exportProducts, { format });
}
