import { createConnectQueryKey, useMutation, useQuery, useTransport } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { AccountService } from "../gen/storebot/v1/account_pb";
import { type Tenant, TenantService } from "../gen/storebot/v1/tenant_pb";
import { fresh } from "./transport";

const { getTenant, updateTenant, setAllowedOrigins, rotateKey } = TenantService.method;

/** useTenant returns the shop's settings; watch asks again now and then, to see the widget's first visit. */
export function useTenant(watch = false, staleTime = fresh) {
  return useQuery(getTenant, {}, { refetchInterval: watch ? 10_000 : false, staleTime });
}

/** useKeep puts what a change returned in the place of what was loaded. */
export function useKeep() {
  const client = useQueryClient();
  const transport = useTransport();
  return (response: { tenant?: Tenant }) => {
    client.setQueryData(
      createConnectQueryKey({ schema: getTenant, input: {}, transport, cardinality: "finite" }),
      {
        $typeName: "storebot.v1.GetTenantResponse",
        tenant: response.tenant,
      },
    );
  };
}

export function useUpdateTenant() {
  const keep = useKeep();
  const client = useQueryClient();
  const me = createConnectQueryKey({ schema: AccountService.method.whoAmI, cardinality: "finite" });
  return useMutation(updateTenant, {
    onSuccess: async (response) => {
      keep(response);
      await client.invalidateQueries({ queryKey: me });
    },
  });
}

export function useSetAllowedOrigins() {
  const keep = useKeep();
  return useMutation(setAllowedOrigins, { onSuccess: keep });
}

export function useRotateKey() {
  const keep = useKeep();
  return useMutation(rotateKey, { onSuccess: keep });
}
