import { type RefObject, useEffect, useRef } from "react";

/**
 * useFirstFocus gives the field with this ref the focus once its form is there.
 * A dialog looks for data-autofocus when it opens; a form that is still
 * loading then would miss it.
 */
export function useFirstFocus<Field extends HTMLElement>(): RefObject<Field | null> {
  const field = useRef<Field>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  return field;
}
