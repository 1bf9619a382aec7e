import type { OnChange } from "../../gen/storebot/v1/knowledge_pb";
import type { ReadProductsResponse } from "../../gen/storebot/v1/product_pb";
import type { RowFilter } from "../../search";
import type { Given } from "../import/sources";

/** Decision is what was decided of one row: cells that were mended, and what becomes of it if it is changed. */
export type Decision = { rowNumber: number; cells: { column: string; value: string }[]; onChange: OnChange };

/** A Sheet is a chosen file and how it is to be read; empty words: as the server finds it. */
export type Sheet = Given & { encoding: string; currency: string; onChange: OnChange; edits: Decision[] };

/** Shown says which rows are looked at; no token: from the first on. */
export type Shown = { status?: RowFilter; token?: string };

/** stores says how many products an import would store. */
export const stores = (found: ReadProductsResponse) =>
  found.readyRows + found.changedRows - found.skippedRows;
