import { Skeleton } from "@mantine/core";
import { useHours } from "../../api/hours";
import { Failed } from "../../part/empty";
import { HoursForm } from "./hoursform";

/** Hours is the section of when people are there and what shoppers are told when not. */
export default function Hours() {
  const hours = useHours();
  if (hours.isLoadingError) return <Failed error={hours.error} onRetry={hours.refetch} />;
  return hours.data ? <HoursForm data={hours.data} /> : <Skeleton height={560} radius="lg" />;
}
