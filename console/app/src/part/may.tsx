import type { ReactNode } from "react";
import { useMe } from "../api/account";
import { roles } from "./role";

type Role = (typeof roles)[number];

/** useVisiting tells whether it is a platform admin who looks at the shop: nothing can be changed then. */
export const useVisiting = () => useMe()?.visit !== undefined;

/** useMay tells whether the server would let the reader do what takes that role at least; most of what changes a shop takes a manager. */
export function useMay(least: Role = "manager"): boolean {
  const me = useMe();
  const enough: readonly string[] = roles.slice(0, roles.indexOf(least) + 1);
  return me !== undefined && me.visit === undefined && enough.includes(me.role);
}

/** May shows what changes the shop, or takes something out of it, to those whom the server would not refuse it. */
export function May({ least, children }: { least?: Role; children: ReactNode }) {
  return useMay(least) ? children : null;
}
