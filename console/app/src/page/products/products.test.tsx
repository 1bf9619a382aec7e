import { Code } from "@connectrpc/connect";
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ChangeKind, RowStatus } from "../../gen/storebot/v1/knowledge_pb";
import { StockFilter } from "../../gen/storebot/v1/product_pb";
import { en } from "../../i18n/en";
import { openConsole, problem } from "../../test/console";

const oolong = {
  id: "p1",
  sku: "TEA-101",
  name: "Winter oolong",
  price: "1299.00",
  currency: "TWD",
  stock: 4,
  attributes: [{ name: "Origin", value: "Lishan" }],
};
const one = { products: [oolong], total: 1 };
const words = en.products;

describe("products", () => {
  it("says what to do while there is nothing", async () => {
    openConsole("/products");
    expect(await screen.findByText(words.emptyTitle)).toBeTruthy();
    expect(screen.getByRole("link", { name: words.emptyAction })).toBeTruthy();
  });

  it("keeps search and stock in the address, and clears them", async () => {
    const asked: unknown[] = [];
    const { user, address } = openConsole("/products?q=cup&stock=out", {
      product: {
        listProducts: (request) => {
          asked.push([request.search, request.stock]);
          return request.search ? { total: 0 } : one;
        },
      },
    });
    expect(await screen.findByText(en.knowledge.noneTitle)).toBeTruthy();
    expect(asked).toEqual([["cup", StockFilter.SOLD_OUT]]);
    await user.click(screen.getAllByRole("button", { name: en.act.clearFilters }).at(-1) as HTMLElement);
    expect(await screen.findByText(oolong.name)).toBeTruthy();
    expect(screen.getByText("NT$1,299")).toBeTruthy();
    expect(screen.getByText(words.pieces(4))).toBeTruthy();
    expect(address()).toBe("/console/products");
  });

  it("names the columns that a sheet lacks, and those that it has", async () => {
    const { user } = openConsole("/products/import", {
      product: {
        readProducts: () => {
          throw problem(Code.InvalidArgument, "missing_columns", [
            { path: "sku", rule: "missing_columns" },
            { path: "Colour", rule: "found" },
            { path: "", rule: "found" },
            { path: "Price", rule: "found" },
          ]);
        },
      },
    });
    const file = new File(["Colour,Price"], "p.csv", { type: "text/csv" });
    await screen.findByText(en.import.drop);
    await user.upload(document.querySelector("input[type=file]") as HTMLInputElement, file);
    expect((await screen.findByRole("alert")).textContent).toBe(
      `No column is called “SKU”. The first row has “Colour” and “Price”. ${words.importing.headerCure}`,
    );
  });

  it("offers another try when it cannot be loaded", async () => {
    let broken = true;
    const { user } = openConsole("/products", {
      product: {
        listProducts: () => {
          if (broken) throw problem(Code.Internal, "internal");
          return one;
        },
      },
    });
    const retry = await screen.findByRole("button", { name: en.act.retry });
    broken = false;
    await user.click(retry);
    expect(await screen.findByText(oolong.name)).toBeTruthy();
  });

  it("saves what the form holds, and shows what the server refuses at its field", async () => {
    let refuse = true;
    const { user, address } = openConsole("/products?product=p1", {
      product: {
        listProducts: () => one,
        saveProduct: ({ product }) => {
          if (refuse)
            throw problem(Code.InvalidArgument, "invalid_fields", [
              { path: "product.sku", rule: "sku_taken" },
              { path: "product.attributes[1].name", rule: "missing_attribute_name" },
            ]);
          expect(product).toMatchObject({
            id: "p1",
            sku: "TEA-102",
            price: "1299.00",
            otherNames: ["gaoshan"],
          });
          expect(product?.stock).toBeUndefined();
          expect(product?.attributes.map((a) => [a.name, a.value])).toEqual([
            ["Origin", "Lishan"],
            ["Season", "winter"],
          ]);
          return { product };
        },
      },
    });
    const sku = await screen.findByLabelText(words.form.sku);
    await user.clear(sku);
    await user.type(sku, "TEA-102");
    await user.clear(within(screen.getByRole("dialog")).getByLabelText(words.form.stock));
    await user.type(screen.getByLabelText(words.form.otherNames), "gaoshan\n");
    await user.click(screen.getByRole("button", { name: words.form.addAttribute }));
    await user.type(screen.getByLabelText(words.form.attributeValue(2)), "winter");
    await user.click(screen.getByRole("button", { name: en.act.save }));
    expect(await screen.findByText(new RegExp(`^${words.code.sku_taken}`))).toBeTruthy();
    expect(screen.getByText(new RegExp(`^${words.code.missing_attribute_name}`))).toBeTruthy();
    refuse = false;
    await user.type(screen.getByRole("combobox", { name: words.form.attributeName(2) }), "Season");
    await user.click(screen.getByRole("button", { name: en.act.save }));
    expect(await screen.findByText(words.form.saved)).toBeTruthy();
    await waitFor(() => expect(address()).toBe("/console/products"));
  });

  it("shows who changed what, and brings an earlier version back", async () => {
    const restored: string[] = [];
    const before = { ...oolong, price: "1199.00", stock: 0, attributes: [] };
    const { user, address } = openConsole("/products?product=p1&tab=history", {
      product: {
        listProducts: () => one,
        listProductRevisions: () => ({
          revisions: [
            { content: oolong, kind: ChangeKind.EDIT, by: "ana@shop.example" },
            { id: "r1", content: before, kind: ChangeKind.IMPORT, fileName: "goods.csv" },
          ],
        }),
        restoreProductRevision: ({ productId, revisionId }) => {
          restored.push(`${productId} ${revisionId}`);
          return { product: before };
        },
      },
    });
    expect(await screen.findByText(/ana@shop.example/)).toBeTruthy();
    expect(screen.getByText(`${en.history.kinds.import} · goods.csv`)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: en.history.changes(3) }));
    const told = [...document.querySelectorAll("dt, del, ins")].map((one) => one.textContent);
    expect(told).toEqual([
      words.form.price,
      "NT$1,199",
      "NT$1,299",
      words.form.stock,
      words.stocks.out,
      words.pieces(4),
      words.form.attributes,
      "Origin: Lishan",
    ]);
    await user.click(screen.getByRole("button", { name: en.history.restore }));
    await waitFor(() => expect(address()).toBe("/console/products"));
    expect(restored).toEqual(["p1 r1"]);
  });

  it("deletes only after a question, and brings everything back", async () => {
    let there = true;
    const { user } = openConsole("/products", {
      product: {
        listProducts: () => (there ? one : { total: 0 }),
        deleteProducts: ({ ids }) => {
          expect(ids).toEqual(["p1"]);
          there = false;
          return { deleted: 1 };
        },
        restoreProducts: ({ ids }) => {
          expect(ids).toEqual(["p1"]);
          there = true;
          return { restored: 1 };
        },
      },
    });
    await user.click(await screen.findByLabelText(words.select(oolong.name)));
    await user.click(screen.getByRole("button", { name: en.act.delete }));
    expect(there).toBe(true);
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("button", { name: words.deleteConfirm(1) }));
    expect(await screen.findByText(words.emptyTitle)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: en.knowledge.undo }));
    expect(await screen.findByText(words.restored(1))).toBeTruthy();
    expect(await screen.findByText(oolong.name)).toBeTruthy();
  });

  it("shows what an import would do, asks for a currency that is missing, and hands out the invalid rows", async () => {
    const read: string[] = [];
    const { user } = openConsole("/products/import", {
      product: {
        readProducts: ({ currency }) => {
          read.push(currency);
          return {
            format: "CSV, utf-8, comma",
            columns: ["sku", "name"],
            totalRows: 3,
            readyRows: currency ? 2 : 1,
            invalidRows: currency ? 1 : 2,
            problemGroups: currency
              ? [{ code: "missing_sku", rows: 1 }]
              : [
                  { code: "missing_sku", rows: 1 },
                  { code: "missing_currency", rows: 1 },
                ],
            rows: [
              {
                rowNumber: 3,
                status: RowStatus.INVALID,
                product: { name: "Cup" },
                problems: [{ column: "sku", code: "missing_sku" }],
              },
              { rowNumber: 2, status: RowStatus.READY, product: oolong },
            ],
          };
        },
        importProducts: ({ currency, words: told }) => {
          expect(currency).toBe("TWD");
          expect(told.missing_sku).toContain(words.code.missing_sku);
          return { created: 2, invalidRows: 1, invalid: { fileName: "invalid.csv" } };
        },
      },
    });
    const sheet = new File(["sku,name\n"], "goods.csv", { type: "text/csv" });
    await screen.findByText(en.import.drop);
    await user.upload(document.querySelector("input[type=file]") as HTMLInputElement, sheet);
    expect(await screen.findByRole("button", { name: words.importing.go(1) })).toBeTruthy();
    expect(screen.getByText(en.import.inColumn("sku", words.code.missing_sku ?? ""))).toBeTruthy();
    await user.click(screen.getByRole("combobox", { name: words.importing.currency }));
    await user.type(screen.getByRole("combobox", { name: words.importing.currency }), "TWD");
    await user.click(await screen.findByRole("option", { name: "TWD" }));
    await user.click(await screen.findByRole("button", { name: words.importing.go(2) }));
    expect(await screen.findByRole("button", { name: words.importing.invalidFile(1) })).toBeTruthy();
    expect(read).toEqual(["", "TWD"]);
  });
});
