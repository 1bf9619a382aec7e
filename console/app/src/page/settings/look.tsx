import { Skeleton } from "@mantine/core";
import { useTenant } from "../../api/tenant";
import { useLook } from "../../api/widget";
import { Failed } from "../../part/empty";
import { LookForm } from "./lookform";

/** WidgetLook is the section of how the widget looks on the shop's pages. */
export default function WidgetLook() {
  const look = useLook();
  const tenant = useTenant();
  const shop = tenant.data?.tenant;
  if (look.isLoadingError) return <Failed error={look.error} onRetry={look.refetch} />;
  if (tenant.isLoadingError) return <Failed error={tenant.error} onRetry={tenant.refetch} />;
  if (!look.data || !shop) return <Skeleton height={440} radius="lg" />;
  return <LookForm look={look.data} shop={shop} />;
}
