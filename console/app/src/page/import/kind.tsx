import type { ComponentType } from "react";
import { lookUp } from "../../api/problem";
import { type Import, type ImportRow, OnChange, Subject } from "../../gen/storebot/v1/knowledge_pb";
import type { Catalogue } from "../../i18n/catalogue";
import { fieldName } from "../products/header";
import { ProductForm, ProductValues, SheetOfProducts } from "../products/imported";
import { problemWords } from "../products/refused";
import { EntryForm } from "./rowform";
import { EntryTexts } from "./texts";

/** What is said of one kind of rows in other words than of the other. */
type Words = Pick<
  Catalogue["import"],
  | "title"
  | "templateBody"
  | "limitsList"
  | "contentColumn"
  | "statusHint"
  | "onChange"
  | "onChangeOverwrite"
  | "onChangeSkip"
  | "go"
  | "existing"
  | "undoBody"
  | "undoneBody"
  | "see"
>;

/** A Kind is what the rows of a sheet are: all in which importing entries and products differs. */
export type Kind = {
  /** What a sheet is read as. */
  reads: Subject;
  /** What earlier imports are listed. */
  lists: Subject;
  source: "/knowledge/import" | "/products/import";
  review: "/knowledge/import/$importId" | "/products/import/$importId";
  home: "/knowledge" | "/products";
  words: (t: Catalogue) => Words;
  template: (t: Catalogue) => { name: string; rows: string[][] };
  /** Whether a changed row may also become one of its own. */
  add: boolean;
  /** What is wrong and how to mend it, by the server's fixed word; undefined: the word is not known. */
  problem: (code: string, t: Catalogue) => { what: string; cure?: string } | undefined;
  /** What a reader calls a column. */
  column: (name: string, one: Import, t: Catalogue) => string;
  /** What a row says, and what is there in its place. */
  Content: ComponentType<{ row: ImportRow }>;
  /** Mends a row in place. */
  Form: ComponentType<{ one: Import; row: ImportRow; onDone: () => void }>;
  /** What else is said and asked of a sheet as a whole. */
  About?: ComponentType<{ one: Import }>;
};

const entries: Kind = {
  // A sheet of products that is dropped here is taken for what it is.
  reads: Subject.UNSPECIFIED,
  lists: Subject.ENTRIES,
  source: "/knowledge/import",
  review: "/knowledge/import/$importId",
  home: "/knowledge",
  words: (t) => t.import,
  template: (t) => {
    const { question, answer, category, phrasings, rows } = t.import.templateRows;
    return { name: "faq.csv", rows: [[question, answer, category, phrasings], ...rows] };
  },
  add: true,
  problem: (code, t) => {
    const what = lookUp(t.import.code, code);
    return what === undefined ? undefined : { what, cure: lookUp(t.import.cure, code) };
  },
  column: (name) => name,
  Content: EntryTexts,
  Form: EntryForm,
};

const products: Kind = {
  reads: Subject.PRODUCTS,
  lists: Subject.PRODUCTS,
  source: "/products/import",
  review: "/products/import/$importId",
  home: "/products",
  words: (t) => t.products.importing,
  template: (t) => {
    const words = t.products.importing.template;
    const shop = "https://shop.example/bag";
    const bag = [
      words.first,
      "1299",
      words.currency,
      "12",
      shop,
      `${shop}.jpg`,
      words.otherNames,
      words.firstColour,
    ];
    const mug = [words.second, "450", words.currency, "0", "", "", "", words.secondColour];
    return { name: "products.csv", rows: [words.headers, ["BAG-01", ...bag], ["MUG-02", ...mug]] };
  },
  add: false,
  problem: problemWords,
  column: (name, one, t) => (one.columns.includes(name) ? name : fieldName(name, t)),
  Content: ProductValues,
  Form: ProductForm,
  About: SheetOfProducts,
};

export const kinds = { entries, products };

/** kindOf returns what an import's rows are. */
export const kindOf = (one: Import): Kind => (one.subject === Subject.PRODUCTS ? products : entries);

/** ways are what may become of changed rows, in the words for all of them. */
export function ways(kind: Kind, t: Catalogue): { value: OnChange; label: string }[] {
  const words = kind.words(t);
  return [
    { value: OnChange.OVERWRITE, label: words.onChangeOverwrite },
    { value: OnChange.SKIP, label: words.onChangeSkip },
    ...(kind.add ? [{ value: OnChange.ADD, label: t.import.onChangeAdd }] : []),
  ];
}
