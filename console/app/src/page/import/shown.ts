import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ImportSearch, readImport } from "../../search";

/** useShown is which rows of an import are looked at, as its address says it, and a function that says otherwise. */
export function useShown() {
  const shown = readImport(useSearch({ strict: false }));
  const navigate = useNavigate();
  /** Another page of rows can be gone back from; anything else takes the place of what was shown. */
  const show = (next: ImportSearch, back = false) =>
    navigate({ to: ".", search: next, replace: !back, resetScroll: back });
  return [shown, show] as const;
}
