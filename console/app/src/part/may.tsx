import type { ReactNode } from "react";
import { useMe } from "../api/account";

/** useVisiting tells whether it is a platform admin who looks at the shop: nothing can be changed then. */
export const useVisiting = () => useMe()?.visit !== undefined;

/** May shows what changes the shop, or takes something out of it, to those whom the server would not refuse it. */
export function May({ children }: { children: ReactNode }) {
  return useVisiting() ? null : children;
}
