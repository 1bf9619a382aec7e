import { lookUp } from "../../api/problem";
import type { Catalogue } from "../../i18n/catalogue";

/** What the server calls the encodings it reads, in their usual spelling. */
export const encodings: Record<string, string> = {
  "utf-8": "UTF-8",
  big5: "Big5",
  gb18030: "GB18030",
  "utf-16le": "UTF-16 LE",
  "utf-16be": "UTF-16 BE",
  "windows-1252": "Windows-1252",
};

/**
 * formatWords says in the reader's language what the server found a sheet to
 * be, such as "CSV, utf-8, comma" or "XLSX, sheet FAQ, not read: Old". The
 * names of sheets are the merchant's own and stay; so does a word that is not known.
 */
export function formatWords(format: string, t: Catalogue): string[] {
  const book = /^XLSX(?:, sheet (.*?))?(?:, not read: (.*))?$/s.exec(format);
  if (book) {
    const [, sheet, left] = book;
    return [
      "XLSX",
      ...(sheet ? [t.import.sheetNamed(sheet)] : []),
      ...(left ? [t.import.notRead(left)] : []),
    ];
  }
  return format
    .split(", ")
    .filter((word) => word !== "")
    .map((word) => lookUp(encodings, word) ?? lookUp(t.import.delimiters, word) ?? word);
}
