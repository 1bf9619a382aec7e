import { expect, it } from "vitest";
import { en } from "../../i18n/en";
import { zhHans } from "../../i18n/zh-Hans";
import { zhHant } from "../../i18n/zh-Hant";
import { formatWords } from "./format";

it("says what a sheet was found to be in the reader's language", () => {
  expect(formatWords("CSV, utf-8, comma", en)).toEqual(["CSV", "UTF-8", "comma"]);
  expect(formatWords("CSV, utf-8, comma", zhHant)).toEqual(["CSV", "UTF-8", "逗號"]);
  expect(formatWords("CSV, gb18030, semicolon", zhHans)).toEqual(["CSV", "GB18030", "分号"]);
  expect(formatWords("CSV, big5, tab", zhHant)).toEqual(["CSV", "Big5", "定位字元"]);
  expect(formatWords("", zhHant)).toEqual([]);
});

it("leaves the names of sheets alone", () => {
  expect(formatWords("XLSX, sheet comma, not read: tab, 2024", zhHant)).toEqual([
    "XLSX",
    "工作表「comma」",
    "未讀取：tab, 2024",
  ]);
  expect(formatWords("XLSX", zhHant)).toEqual(["XLSX"]);
});
