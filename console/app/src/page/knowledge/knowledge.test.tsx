import { Code } from "@connectrpc/connect";
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { en } from "../../i18n/en";
import { openConsole, problem } from "../../test/console";

const entry = {
  id: "e1",
  question: "How long is delivery?",
  answer: "Two days.",
  category: "Shipping",
  language: "en",
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
    const buttons = screen.getAllByRole("button", { name: en.act.clearFilters });
    await user.click(buttons.at(-1) as HTMLElement);
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

  it("saves an entry with its other ways of asking, one a line", async () => {
    const { user, address } = openConsole("/knowledge?entry=e1", {
      knowledge: {
        listEntries: () => ({ entries: [entry], total: 1, categories: ["Shipping"] }),
        updateEntry: (request) => {
          expect(request.content?.phrasings).toEqual(["When does it come?", "delivery time"]);
          expect(request.content?.answer).toBe("Two days.");
          return { entry };
        },
      },
    });
    await user.type(
      await screen.findByLabelText(en.entry.phrasings),
      "When does it come?\n\n delivery time ",
    );
    await user.click(screen.getByRole("button", { name: en.act.save }));
    await waitFor(() => expect(address()).toBe("/console/knowledge"));
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
