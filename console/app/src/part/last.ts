import { useRef } from "react";

/** useLast is a value, or the last that there was: what an open form began with outlives a list that is loaded anew. */
export function useLast<T>(value: T | undefined): T | undefined {
  const last = useRef(value);
  if (value !== undefined) last.current = value;
  return last.current;
}
