import { Code } from "@connectrpc/connect";
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ImportState, OnChange, RowStatus, Subject } from "../../gen/storebot/v1/knowledge_pb";
import { en } from "../../i18n/en";
import { openConsole, problem } from "../../test/console";

const staged = {
  id: "i1",
  fileName: "faq.csv",
  state: ImportState.STAGED,
  totalRows: 45,
  readyRows: 40,
  changedRows: 2,
  invalidRows: 3,
  onChange: OnChange.OVERWRITE,
};

describe("importing", () => {
  it("asks which column is which, and sends the sheet again with the answer", async () => {
    const { user, address } = openConsole("/knowledge/import", {
      knowledge: {
        stageImport: (request) => {
          expect(new TextDecoder().decode(request.content)).toBe("Delivery?\tTwo days");
          if (!request.columns) {
            const firstRows = [{ cells: ["Delivery?", "Two days"] }];
            return { outcome: { case: "headerQuestion", value: { firstRows } } };
          }
          expect(request.columns).toMatchObject({
            question: 1,
            answer: 2,
            category: 0,
            firstRowIsHeader: false,
          });
          return { outcome: { case: "import", value: staged } };
        },
        getImport: () => ({ import: staged }),
        listImportRows: () => ({}),
      },
    });
    await user.click(await screen.findByRole("tab", { name: en.import.fromPaste }));
    await user.click(screen.getByLabelText(en.import.paste));
    await user.paste("Delivery?\tTwo days");
    await user.click(screen.getByRole("button", { name: en.import.pasteCheck }));
    await user.click(await screen.findByRole("button", { name: en.import.headerGo }));
    expect((await screen.findByRole("alert")).textContent).toBe(en.import.headerNeeds);
    for (const [column, field] of [
      ["Column 1", en.import.fields.question],
      ["Column 2", en.import.fields.answer],
    ] as const) {
      await user.click(screen.getByRole("combobox", { name: column }));
      await user.click(await screen.findByRole("option", { name: field }));
    }
    await user.click(screen.getByRole("button", { name: en.import.headerGo }));
    await waitFor(() => expect(address()).toBe("/console/knowledge/import/i1"));
  });

  it("takes the same file again once it is mended", async () => {
    const sent: string[] = [];
    const { user } = openConsole("/knowledge/import", {
      knowledge: {
        stageImport: ({ content }) => {
          sent.push(new TextDecoder().decode(content));
          throw problem(Code.InvalidArgument, "empty");
        },
      },
    });
    await screen.findByRole("button", { name: en.import.choose });
    const input = document.querySelector("input[type=file]") as HTMLInputElement;
    const file = new File(["question,answer"], "faq.csv");
    for (const times of [1, 2]) {
      await user.upload(input, file);
      await waitFor(() => expect(sent).toHaveLength(times));
    }
  });

  it("takes a sheet of products for what it is", async () => {
    const goods = { ...staged, subject: Subject.PRODUCTS };
    const { user, address } = openConsole("/knowledge/import", {
      knowledge: {
        stageImport: ({ subject }) => {
          expect(subject).toBe(Subject.UNSPECIFIED);
          return { outcome: { case: "import", value: goods } };
        },
        getImport: () => ({ import: goods }),
        listImportRows: () => ({}),
      },
    });
    await user.click(await screen.findByRole("tab", { name: en.import.fromPaste }));
    await user.click(screen.getByLabelText(en.import.paste));
    await user.paste("sku\tname");
    await user.click(screen.getByRole("button", { name: en.import.pasteCheck }));
    await waitFor(() => expect(address()).toBe("/console/products/import/i1"));
    expect(await screen.findByRole("button", { name: en.products.importing.go(42) })).toBeTruthy();
  });

  it("says the number on the button, which follows the choice", async () => {
    const kept = { ...staged, kept: ["category", "phrasings"] };
    const { user } = openConsole("/knowledge/import/i1", {
      knowledge: {
        getImport: () => ({ import: kept }),
        setImport: ({ onChange }) => ({ import: { ...kept, onChange } }),
        listImportRows: () => ({
          rows: [
            {
              rowNumber: 7,
              question: "Sizes?",
              status: RowStatus.INVALID,
              problems: [{ column: "answer", code: "missing_answer", message: "x", cure: "y" }],
            },
          ],
        }),
        commitImport: (request) => {
          expect(request.onChange).toBe(OnChange.SKIP);
          return { import: { ...staged, state: ImportState.DONE, createdRows: 40, skippedRows: 5 } };
        },
      },
    });
    expect(await screen.findByRole("button", { name: "Import 42 entries" })).toBeTruthy();
    expect(await screen.findByText(en.import.cure.missing_answer as string)).toBeTruthy();
    expect(screen.getByText(/Column “answer”/)).toBeTruthy();
    expect(screen.getByText(/no column for category and other ways of asking/)).toBeTruthy();
    await user.click(screen.getByLabelText(en.import.onChangeSkip));
    await user.click(await screen.findByRole("button", { name: "Import 40 entries" }));
    expect(await screen.findByRole("heading", { name: en.import.doneTitle })).toBeTruthy();
  });

  it("follows a running import from wherever it is opened, to its end", async () => {
    let release = () => {};
    const last = new Promise<void>((resolve) => {
      release = resolve;
    });
    openConsole("/knowledge/import/i1", {
      knowledge: {
        getImport: () => ({ import: { ...staged, state: ImportState.RUNNING, doneRows: 9 } }),
        listImportRows: () => ({}),
        async *watchImport() {
          yield { import: { ...staged, state: ImportState.RUNNING, doneRows: 30 } };
          await last;
          yield {
            import: { ...staged, state: ImportState.DONE, createdRows: 40, updatedRows: 2, skippedRows: 3 },
          };
        },
      },
    });
    expect(await screen.findByText("30 of 45 rows")).toBeTruthy();
    release();
    expect(await screen.findByText(en.import.updated)).toBeTruthy();
    expect(screen.getByText("40")).toBeTruthy();
  });

  it("mends a row in place, chooses for another, and counts what will come in", async () => {
    const said: string[] = [];
    let one = { ...staged, problemGroups: [{ code: "missing_answer", rows: 3 }] };
    const { user } = openConsole("/knowledge/import/i1", {
      knowledge: {
        getImport: () => ({ import: one }),
        listImportRows: () => ({
          rows: [
            {
              rowNumber: 7,
              position: 6,
              question: "Sizes?",
              content: { question: "Sizes?" },
              status: RowStatus.INVALID,
            },
            {
              rowNumber: 9,
              position: 8,
              question: "Colour?",
              answer: "Red",
              content: { question: "Colour?", answer: "Red" },
              existing: { answer: "Blue" },
              status: RowStatus.CHANGED,
            },
          ],
        }),
        editImportRow: (request) => {
          if (request.row.case !== "content") throw new Error("no texts of an entry");
          said.push(`${request.position} ${request.row.value.question} ${request.row.value.answer}`);
          one = { ...one, readyRows: 41, invalidRows: 2 };
          return { import: one };
        },
        chooseImportRows: (request) => {
          said.push(`${request.positions} ${request.choice}`);
          return { import: { ...one, chosenSkip: 1 } };
        },
      },
    });
    await user.click(await screen.findByRole("button", { name: en.import.editRow(7) }));
    await user.type(screen.getByLabelText(en.entry.answer), "S to XL");
    await user.click(screen.getByRole("button", { name: en.import.editCheck }));
    expect(await screen.findByRole("button", { name: "Import 43 entries" })).toBeTruthy();
    expect(screen.getByText("Blue")).toBeTruthy();
    await user.click(screen.getByText(en.import.choices.skip));
    expect(await screen.findByRole("button", { name: "Import 42 entries" })).toBeTruthy();
    expect(said).toEqual(["6 Sizes? S to XL", `8 ${OnChange.SKIP}`]);
  });

  it("takes a whole import back, and says what could not be", async () => {
    const done = { ...staged, state: ImportState.DONE, createdRows: 40, updatedRows: 2 };
    let undone = false;
    const { user } = openConsole("/knowledge/import/i1", {
      knowledge: {
        getImport: () => ({
          import: undone
            ? { ...done, undoneAt: { seconds: 1n }, removedRows: 39, restoredRows: 2, keptRows: 1 }
            : { ...done, undoUntil: { seconds: 1n } },
        }),
        listImportRows: () => ({}),
        undoChange: (request) => {
          expect(request.changeId).toBe("i1");
          undone = true;
          return { removed: 39, restored: 2, kept: 1 };
        },
      },
    });
    await user.click(await screen.findByRole("button", { name: en.import.undo }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("button", { name: en.import.undo }));
    expect(await screen.findByText(en.import.undoneBody(39, 2, 1))).toBeTruthy();
  });
});
