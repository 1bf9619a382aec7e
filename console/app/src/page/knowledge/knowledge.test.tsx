import { Code } from "@connectrpc/connect";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ChangeKind } from "../../gen/storebot/v1/change_pb";
import { EntryState } from "../../gen/storebot/v1/knowledge_pb";
import { en } from "../../i18n/en";
import { openConsole, problem } from "../../test/console";

const entry = {
  id: "e1",
  question: "How long is delivery?",
  answer: "Two days.",
  category: "Shipping",
  language: "en",
  state: EntryState.PUBLISHED,
};

describe("knowledge", () => {
  it("says what to do while there is nothing", async () => {
    openConsole("/knowledge");
    expect(await screen.findByText(en.knowledge.emptyTitle)).toBeTruthy();
    expect(screen.getByRole("link", { name: en.knowledge.emptyAction })).toBeTruthy();
  });

  it("keeps the filter in the address, and clears it", async () => {
    const { user, address } = openConsole("/knowledge?q=zebra", {
      knowledge: {
        listEntries: (request) => (request.search ? { total: 0 } : { entries: [entry], total: 1 }),
      },
    });
    expect(await screen.findByText(en.knowledge.noneTitle)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: en.act.clearFilters }));
    expect(await screen.findByText(entry.question)).toBeTruthy();
    expect(address()).toBe("/console/knowledge");
  });

  it("offers another try when it cannot be loaded", async () => {
    let broken = true;
    const { user } = openConsole("/knowledge", {
      knowledge: {
        listEntries: () => {
          if (broken) throw problem(Code.Internal, "internal");
          return { entries: [entry], total: 1 };
        },
      },
    });
    const retry = await screen.findByRole("button", { name: en.act.retry });
    broken = false;
    await user.click(retry);
    expect(await screen.findByText(entry.question)).toBeTruthy();
  });

  it("deletes only after a question", async () => {
    const deleted: string[] = [];
    const { user } = openConsole("/knowledge", {
      knowledge: {
        listEntries: () => ({ entries: deleted.length ? [] : [entry], total: deleted.length ? 0 : 1 }),
        deleteEntries: (request) => {
          deleted.push(...request.ids);
          return { deleted: 1 };
        },
      },
    });
    await user.click(await screen.findByLabelText(en.knowledge.select(entry.question)));
    await user.click(screen.getByRole("button", { name: en.act.delete }));
    expect(deleted).toEqual([]);
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("button", { name: en.knowledge.deleteConfirm(1) }));
    await waitFor(() => expect(deleted).toEqual(["e1"]));
    expect(await screen.findByText(en.knowledge.emptyTitle)).toBeTruthy();
  });

  it("says of a deletion what it breaks, and nothing that was foreseen for an earlier selection", async () => {
    const other = { ...entry, id: "e2", question: "Is it open?" };
    const broken = { broken: [{ check: { id: "c1", question: "When does it come?" } }] };
    const answers = new Map<string, (report: object) => void>();
    const { user } = openConsole("/knowledge", {
      knowledge: { listEntries: () => ({ entries: [entry, other], total: 2 }) },
      learning: {
        listGaps: () => ({}),
        previewChange: ({ deletedIds }) =>
          new Promise((answer) => {
            answers.set(deletedIds.join(), answer);
          }),
      },
    });
    const ask = async (...questions: string[]) => {
      for (const question of questions)
        await user.click(screen.getByLabelText(en.knowledge.select(question)));
      await user.click(screen.getByRole("button", { name: en.act.delete }));
      return within(await screen.findByRole("dialog"));
    };
    await screen.findByText(entry.question);
    const first = await ask(entry.question);
    await waitFor(() => expect(answers.has("e1")).toBe(true));
    await user.click(first.getByRole("button", { name: en.act.cancel }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const second = await ask(entry.question, other.question);
    await waitFor(() => expect(answers.has("e2")).toBe(true));
    answers.get("e2")?.({});
    answers.get("e1")?.(broken);
    await user.hover(second.getByRole("button", { name: en.act.cancel }));
    expect(second.getByRole("button", { name: en.knowledge.deleteConfirm(1) })).toBeTruthy();
    expect(second.queryByText("When does it come?")).toBeNull();
  });

  it("takes many ways of asking at once, and keeps each once", async () => {
    const { user, address } = openConsole("/knowledge?entry=e1", {
      knowledge: {
        listEntries: () => ({ entries: [entry], total: 1, categories: ["Shipping"] }),
        getEntry: () => ({ entry }),
        suggestPhrasings: () => ({ suggestions: [{ question: "parcel?", times: 3 }] }),
        updateEntry: (request) => {
          expect(request.content?.phrasings).toEqual(["delivery time", "When does it come?", "parcel?"]);
          expect(request.content?.answer).toBe("Two days.");
          expect(request.content?.state).toBe(EntryState.PUBLISHED);
          return { entry };
        },
      },
    });
    await user.click(await screen.findByLabelText(en.entry.addPhrasing));
    await user.paste("When does it come?\n\n delivery time \nwhen does it come?");
    await user.click(screen.getByLabelText(en.entry.moveUp(2)));
    await user.click(await screen.findByLabelText(en.entry.take("parcel?")));
    expect(screen.queryByLabelText(en.entry.take("parcel?"))).toBeNull();
    await user.click(screen.getByRole("button", { name: en.act.save }));
    await waitFor(() => expect(address()).toBe("/console/knowledge"));
  });

  it("takes back what was done to many", async () => {
    const done: string[] = [];
    const { user } = openConsole("/knowledge", {
      knowledge: {
        listEntries: () => ({ entries: [entry], total: 1 }),
        editEntries: (request) => {
          done.push(`${request.ids} ${request.edit.case} ${request.edit.value}`);
          return { changed: 1, change: "c1" };
        },
        undoChange: (request) => {
          done.push(request.changeId);
          return { restored: 1 };
        },
      },
    });
    await user.click(await screen.findByLabelText(en.knowledge.select(entry.question)));
    await user.click(screen.getByRole("button", { name: en.knowledge.change }));
    await user.click(await screen.findByRole("menuitem", { name: en.knowledge.unpublish }));
    await user.click(await screen.findByRole("button", { name: en.knowledge.undo }));
    expect(await screen.findByText(en.knowledge.undone)).toBeTruthy();
    expect(done).toEqual([`e1 state ${EntryState.DRAFT}`, "c1"]);
  });

  it("shows who changed what, and brings an earlier version back", async () => {
    const content = { question: entry.question, answer: entry.answer };
    const oldest = { id: "r1", content: { ...content, answer: "Three days." }, kind: ChangeKind.CREATE };
    const { user, address } = openConsole("/knowledge?entry=e1&tab=history", {
      knowledge: {
        listEntries: () => ({ entries: [entry], total: 1 }),
        getEntry: () => ({ entry }),
        listRevisions: ({ pageToken }) =>
          pageToken === ""
            ? {
                revisions: [
                  { content, kind: ChangeKind.UNDO, by: "ana@shop.example" },
                  { id: "r2", kind: ChangeKind.DELETE, by: "lin@shop.example" },
                  { id: "r2", content, kind: ChangeKind.EDIT },
                ],
                nextPageToken: "older",
              }
            : { revisions: [oldest] },
        restoreRevision: (request) => {
          expect(request.revisionId).toBe("r1");
          return { entry };
        },
      },
    });
    expect(await screen.findByText(/ana@shop.example/)).toBeTruthy();
    // A deletion is told with who did it; there is nothing of it to bring back.
    const lines = () => within(screen.getByRole("list", { name: en.history.title })).getAllByRole("listitem");
    expect(lines()[1]?.textContent).toContain(en.history.kinds.delete);
    expect(lines()[1]?.textContent).toContain("lin@shop.example");
    expect(screen.getAllByRole("button", { name: en.history.restore })).toHaveLength(1);
    expect(screen.queryByRole("button", { name: en.history.changes(1) })).toBeNull();
    await user.click(screen.getByRole("button", { name: en.act.more }));
    await user.click(await screen.findByRole("button", { name: en.history.changes(1) }));
    expect(screen.getByText("Three days.").tagName).toBe("DEL");
    expect(screen.queryByRole("button", { name: en.act.more })).toBeNull();
    expect(lines()).toHaveLength(4);
    const restore = within(lines()[3] as HTMLElement);
    await user.click(restore.getByRole("button", { name: en.history.restore }));
    await waitFor(() => expect(address()).toBe("/console/knowledge"));
  });

  it("tells which questions an entry answered, and says so where there are none", async () => {
    let asked = true;
    const hit = { confidence: 0.5, decision: "direct", conversationId: "c1" };
    const services = {
      knowledge: {
        listEntries: () => ({ entries: [entry], total: 1 }),
        getEntry: () => ({ entry }),
        listHits: () => (asked ? { hits: [{ ...hit, question: "parcel?", rating: -1 }] } : {}),
      },
    };
    const { user } = openConsole("/knowledge?entry=e1", services);
    await user.click(await screen.findByRole("tab", { name: en.hits.title }));
    expect((await screen.findByRole("link", { name: "parcel?" })).getAttribute("href")).toMatch(/inbox\/c1$/);
    const about = screen.getByText(new RegExp(en.inbox.rated.down)).textContent;
    expect(about).toContain(en.inbox.confidence("50%"));
    expect(about).toContain(en.hits.further);
    cleanup();
    asked = false;
    openConsole("/knowledge?entry=e1&tab=hits", services);
    const drawer = within(await screen.findByRole("dialog")); // the list says it, too
    expect(await drawer.findByText(en.hits.emptyTitle)).toBeTruthy();
  });

  it("asks before what was written is thrown away", async () => {
    const { user, address } = openConsole("/knowledge?entry=new");
    await user.type(await screen.findByLabelText(en.entry.question), "Sizes?");
    await user.keyboard("{Escape}");
    expect(await screen.findByText(en.entry.discardBody)).toBeTruthy();
    expect(address()).toContain("entry=new");
    await user.click(screen.getByRole("button", { name: en.entry.discard }));
    await waitFor(() => expect(address()).toBe("/console/knowledge"));
  });
});
