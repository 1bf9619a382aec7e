import { Skeleton } from "@mantine/core";
import { useTenant } from "../../api/tenant";
import { Failed } from "../../part/empty";
import { ShopForm } from "./shopform";

/** Shop is the section of what the whole shop goes by. */
export default function Shop() {
  const tenant = useTenant();
  const shop = tenant.data?.tenant;
  if (tenant.isLoadingError) return <Failed error={tenant.error} onRetry={tenant.refetch} />;
  return shop ? <ShopForm key={shop.id} shop={shop} /> : <Skeleton height={440} radius="lg" />;
}
