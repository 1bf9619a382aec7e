import { createClient } from "@connectrpc/connect";
import { useMutation, useQuery, useTransport } from "@connectrpc/connect-query";
import { useMutation as useAction } from "@tanstack/react-query";
import { TenantService } from "../gen/storebot/v1/tenant_pb";
import { useKeep } from "./tenant";

const { getUsage, listVisits, setRetention, deleteShop, keepShop } = TenantService.method;

export const useUsage = () => useQuery(getUsage, {}, { staleTime: 60_000 });
export const useVisits = () => useQuery(listVisits, {});
export const useSetRetention = () => useMutation(setRetention, { onSuccess: useKeep() });
export const useDeleteShop = () => useMutation(deleteShop, { onSuccess: useKeep() });
export const useKeepShop = () => useMutation(keepShop, { onSuccess: useKeep() });

/** useExport fetches everything of the shop as the pieces of one ZIP file. */
export function useExport() {
  const transport = useTransport();
  return useAction({
    mutationFn: async () => {
      const pieces: BlobPart[] = [];
      for await (const { chunk } of createClient(TenantService, transport).exportShop({}))
        pieces.push(chunk as Uint8Array<ArrayBuffer>);
      return new Blob(pieces, { type: "application/zip" });
    },
  });
}
