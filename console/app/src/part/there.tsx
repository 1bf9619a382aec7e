import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { Empty, Failed } from "./empty";
import type { IconName } from "./icon";

/** There shows one thing that an address names; or that it is loading, cannot be loaded, or is gone and nothing is written on it. */
export function There<One>(props: {
  one: One | undefined;
  found: { isError: boolean; error: unknown; refetch: () => unknown };
  gone: boolean;
  icon: IconName;
  words: { missingTitle: string; missingBody: string };
  children: (one: One) => ReactNode;
}) {
  const { one, found, words } = props;
  if (props.gone)
    return <Empty icon={props.icon} title={words.missingTitle} body={words.missingBody} compact />;
  if (one !== undefined) return props.children(one);
  return found.isError ? <Failed error={found.error} onRetry={found.refetch} /> : <Skeleton height={480} />;
}
