import { Code } from "@connectrpc/connect";
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ChangeKind } from "../../gen/storebot/v1/change_pb";
import { ImportState, OnChange, RowStatus, Subject } from "../../gen/storebot/v1/knowledge_pb";
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
    await user.click(screen.getByRole("button", { name: en.act.clearFilters }));
    expect(await screen.findByText(oolong.name)).toBeTruthy();
    expect(screen.getByText("NT$1,299")).toBeTruthy();
    expect(screen.getByText(words.pieces(4))).toBeTruthy();
    expect(address()).toBe("/console/products");
  });

  it("names the columns that a sheet lacks, and those that it has", async () => {
    const { user } = openConsole("/products/import", {
      knowledge: {
        stageImport: ({ subject }) => {
          expect(subject).toBe(Subject.PRODUCTS);
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
        getProduct: () => ({ product: oolong }),
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

  it("shows who changed what, brings an earlier version back, and takes that back", async () => {
    const done: string[] = [];
    const before = { ...oolong, price: "1199.00", stock: 0, attributes: [] };
    const { user, address } = openConsole("/products?product=p1&tab=history", {
      product: {
        listProducts: () => one,
        getProduct: () => ({ product: oolong }),
        listProductRevisions: () => ({
          revisions: [
            { content: oolong, kind: ChangeKind.EDIT, by: "ana@shop.example" },
            { id: "r1", content: before, kind: ChangeKind.IMPORT, fileName: "goods.csv" },
          ],
        }),
        restoreProductRevision: ({ productId, revisionId }) => {
          done.push(`${productId} ${revisionId}`);
          return { product: before, change: "c2" };
        },
      },
      knowledge: {
        undoChange: ({ changeId }) => {
          done.push(changeId);
          return { restored: 1 };
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
    await user.click(await screen.findByRole("button", { name: en.knowledge.undo }));
    expect(await screen.findByText(en.knowledge.undone)).toBeTruthy();
    expect(done).toEqual(["p1 r1", "c2"]);
  });

  it("deletes only after a question, and brings everything back", async () => {
    let there = true;
    const { user } = openConsole("/products", {
      product: {
        listProducts: () => (there ? one : { total: 0 }),
        deleteProducts: ({ ids }) => {
          expect(ids).toEqual(["p1"]);
          there = false;
          return { deleted: 1, change: "c1" };
        },
      },
      knowledge: {
        undoChange: ({ changeId }) => {
          expect(changeId).toBe("c1");
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

  it("shows a staged sheet, asks for a currency, mends a cell and chooses for a row", async () => {
    const said: unknown[] = [];
    let one = {
      id: "i1",
      fileName: "goods.csv",
      subject: Subject.PRODUCTS,
      state: ImportState.STAGED,
      onChange: OnChange.OVERWRITE,
      format: "CSV, utf-8, comma",
      currency: "",
      chosenSkip: 0,
      columns: ["sku", "name"],
      totalRows: 3,
      readyRows: 1,
      changedRows: 1,
      invalidRows: 2,
      problemGroups: [
        { code: "missing_sku", rows: 1 },
        { code: "missing_currency", rows: 1 },
      ],
    };
    const { user } = openConsole("/products/import/i1", {
      knowledge: {
        getImport: () => ({ import: one }),
        setImport: ({ currency, onChange }) => {
          said.push(currency, onChange);
          one = {
            ...one,
            currency: currency ?? "",
            invalidRows: 1,
            readyRows: 2,
            problemGroups: [{ code: "missing_sku", rows: 1 }],
          };
          return { import: one };
        },
        editImportRow: ({ position, row }) => {
          said.push(
            position,
            row.case === "cells" && row.value.cells.map((cell) => `${cell.column}=${cell.value}`),
          );
          one = { ...one, readyRows: 3, invalidRows: 0, problemGroups: [] };
          return { import: one };
        },
        chooseImportRows: ({ positions, choice }) => {
          said.push(positions, choice);
          one = { ...one, chosenSkip: 1 };
          return { import: one };
        },
        exportInvalidRows: ({ words: told }) => {
          expect(told.missing_sku).toContain(words.code.missing_sku);
          return { fileName: "invalid-rows.csv" };
        },
        listImportRows: () => ({
          rows: [
            {
              rowNumber: 3,
              position: 2,
              status: RowStatus.INVALID,
              product: { name: "Cup" },
              cells: [{ column: "name", value: "Cup" }],
              problems: [{ column: "sku", code: "missing_sku" }],
            },
            {
              rowNumber: 2,
              position: 1,
              status: RowStatus.CHANGED,
              product: oolong,
              existingProduct: { ...oolong, name: "Summer oolong" },
            },
          ],
        }),
      },
    });
    expect(await screen.findByRole("button", { name: words.importing.go(2) })).toBeTruthy();
    expect(await screen.findByText(en.import.inColumn("sku", words.code.missing_sku ?? ""))).toBeTruthy();
    expect(screen.getByText("Summer oolong")).toBeTruthy();
    await user.click(screen.getByRole("combobox", { name: words.importing.currency }));
    await user.type(screen.getByRole("combobox", { name: words.importing.currency }), "TWD");
    await user.click(await screen.findByRole("option", { name: "TWD" }));
    expect(await screen.findByRole("button", { name: words.importing.go(3) })).toBeTruthy();
    await user.click(screen.getByRole("button", { name: en.import.invalidFile(1) }));
    expect(await screen.findByText(en.import.invalidSaved("invalid-rows.csv"))).toBeTruthy();
    await user.click(screen.getByRole("button", { name: en.import.editRow(3) }));
    const form = screen.getByRole("form", { name: en.import.editRow(3) });
    expect(within(form).getByText(words.code.missing_sku ?? "")).toBeTruthy();
    await user.type(within(form).getByLabelText("sku"), "C-1");
    await user.click(within(form).getByRole("button", { name: en.import.editCheck }));
    expect(await screen.findByRole("button", { name: words.importing.go(4) })).toBeTruthy();
    expect(screen.queryByText(en.import.choices.add)).toBeNull();
    await user.click(screen.getByText(en.import.choices.skip));
    expect(await screen.findByRole("button", { name: words.importing.go(3) })).toBeTruthy();
    expect(said).toEqual(["TWD", OnChange.UNSPECIFIED, 2, ["sku=C-1", "name=Cup"], [1], OnChange.SKIP]);
  });
});
