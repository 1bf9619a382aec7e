import { createConnectQueryKey, useMutation, useQuery, useTransport } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { WidgetService } from "../gen/storebot/v1/widget_pb";
import { fresh } from "./transport";

const { getLook, setLook, rotateIdentitySecret } = WidgetService.method;

/** useLook returns how the shop's widget looks. */
export function useLook() {
  return useQuery(getLook, {}, { staleTime: fresh });
}

function useAnew() {
  const client = useQueryClient();
  const transport = useTransport();
  const queryKey = createConnectQueryKey({ schema: getLook, input: {}, transport, cardinality: "finite" });
  return () => client.invalidateQueries({ queryKey });
}

export function useSetLook() {
  return useMutation(setLook, { onSuccess: useAnew() });
}

export function useRotateIdentitySecret() {
  return useMutation(rotateIdentitySecret, { onSuccess: useAnew() });
}
