/**
 * How much of a growing text is whole sentences: a screen reader is given
 * those, never half a word. A full stop inside a number ends nothing; a Chinese one
 * needs no space after it.
 */
export function wholeSentences(text: string): number {
  let end = 0;
  for (const m of text.matchAll(/[。！？；\n]+|[.!?]+(?=\s)/g)) end = m.index + m[0].length;
  return end;
}
