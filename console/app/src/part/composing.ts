import type { KeyboardEvent } from "react";

/**
 * composing tells whether a key belongs to an input method: the Enter that ends a composition chooses characters, it
 * sends nothing. Safari ends the composition before that Enter, which it then marks by the code 229 alone.
 */
export const composing = (event: KeyboardEvent) => event.nativeEvent.isComposing || event.keyCode === 229;
