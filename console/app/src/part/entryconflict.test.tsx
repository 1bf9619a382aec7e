import { Code } from "@connectrpc/connect";
import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { EntryState } from "../gen/storebot/v1/knowledge_pb";
import { en } from "../i18n/en";
import { openConsole, problem } from "../test/console";

const words = en.meanwhile;
const first = {
  id: "e1",
  etag: "v1",
  question: "How long?",
  answer: "Two days.",
  phrasings: ["delivery"],
  category: "Shipping",
  language: "en",
  state: EntryState.PUBLISHED,
};

/** shop keeps one entry as the server does: what is written onto another version than stands there is refused. */
function shop() {
  const kept = { entry: { ...first }, by: "", gone: false, written: [] as string[], created: [] as string[] };
  const there = () => {
    if (kept.gone) throw problem(Code.NotFound, "not_found");
  };
  const change = (by: string, more: Partial<typeof first>) => {
    kept.entry = { ...kept.entry, ...more, etag: `${kept.entry.etag}+` };
    kept.by = by;
  };
  const knowledge = {
    listEntries: () => ({ entries: kept.gone ? [] : [kept.entry], total: 1 }),
    getEntry: () => {
      there();
      return { entry: { ...kept.entry }, categories: ["Shipping"] };
    },
    listRevisions: () => ({ revisions: [{ by: kept.by }], etag: kept.entry.etag }),
    suggestPhrasings: () => ({}),
    createEntry: ({ content }: { content?: { answer: string } }) => {
      kept.created.push(content?.answer ?? "");
      return { entry: kept.entry };
    },
    updateEntry: ({ content, etag }: { content?: Partial<typeof first>; etag: string }) => {
      there();
      if (etag !== kept.entry.etag) throw problem(Code.Aborted, "changed_meanwhile");
      kept.written.push(`${content?.answer} | ${content?.category} | ${content?.phrasings}`);
      const { question, answer, category, phrasings } = { ...kept.entry, ...content };
      change("owner@shop.example", { question, answer, category, phrasings: [...phrasings] });
      return { entry: kept.entry };
    },
  };
  return { kept, change, knowledge };
}

async function opened() {
  const server = shop();
  const { user, address, client, history } = openConsole("/knowledge?entry=e1", {
    knowledge: server.knowledge,
  });
  const drawer = within(await screen.findByRole("dialog"));
  const answer = await drawer.findByLabelText<HTMLTextAreaElement>(en.entry.answer);
  return {
    ...server,
    user,
    address,
    history,
    drawer,
    answer,
    write: async (text: string) => {
      await user.clear(answer);
      await user.type(answer, text);
    },
    /** What the browser does when the reader comes back to the tab. */
    reread: () => act(() => client.invalidateQueries()),
    save: () => user.click(drawer.getByRole("button", { name: en.act.save })),
  };
}

describe("an entry that is changed while it is open", () => {
  it("comes into a form that nobody has touched, without a word", async () => {
    const { change, reread, answer, drawer } = await opened();
    change("ming@shop.example", { answer: "Three days." });
    await reread();
    await waitFor(() => expect(answer.value).toBe("Three days."));
    expect(drawer.queryByRole("alert")).toBeNull();
  });

  it("leaves what was typed, takes in the rest, and says who it was", async () => {
    const { kept, change, reread, answer, drawer, write, save } = await opened();
    await write("Mine.");
    change("ming@shop.example", { category: "Delivery", phrasings: ["delivery", "when?"] });
    await reread();
    const notice = await drawer.findByRole("alert");
    expect(notice.textContent).toContain(words.entry.by("ming@shop.example", "").slice(0, -1).trim());
    expect(notice.textContent).toContain(en.entry.category);
    expect(answer.value).toBe("Mine.");
    expect(drawer.queryByRole("button", { name: words.over })).toBeNull();
    await save();
    await waitFor(() => expect(kept.written).toEqual(["Mine. | Delivery | delivery,when?"]));
  });

  it("is not overwritten unseen: the refusal shows theirs, and saving goes on only by choice", async () => {
    const { kept, change, user, answer, drawer, write, save, address } = await opened();
    await write("Mine.");
    change("ming@shop.example", { answer: "Hers." });
    await save();
    await drawer.findByRole("button", { name: words.see }); // once what stands there has been read
    const notice = within(drawer.getByRole("alert"));
    expect(answer.value).toBe("Mine.");
    expect(drawer.queryByText(en.problem.reason.changed_meanwhile ?? "")).toBeNull();
    expect(drawer.queryByText("Hers.")).toBeNull();
    await user.click(notice.getByRole("button", { name: words.see }));
    expect(drawer.getByText("Hers.").tagName).toBe("INS");
    // Save alone leads back to the choice.
    await save();
    expect(document.activeElement).toBe(drawer.getByRole("alert"));
    expect(kept.written).toEqual([]);
    await user.click(notice.getByRole("button", { name: words.over }));
    await waitFor(() => expect(address()).toBe("/console/knowledge"));
    expect(kept.written).toEqual(["Mine. | Shipping | delivery"]);
  });

  it("can be taken as it is there, and the form is theirs then", async () => {
    const { kept, change, user, answer, drawer, write, save, address } = await opened();
    await write("Mine.");
    change("ming@shop.example", { answer: "Hers." });
    await save();
    await user.click(await drawer.findByRole("button", { name: words.take }));
    expect(answer.value).toBe("Hers.");
    expect(drawer.queryByRole("alert")).toBeNull();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(address()).toBe("/console/knowledge"));
    expect(kept.written).toEqual([]);
  });

  it("asks again when it is changed once more before the choice is stored", async () => {
    const { kept, change, user, drawer, write, save, address } = await opened();
    await write("Mine.");
    change("ming@shop.example", { answer: "Hers." });
    await save();
    const over = await drawer.findByRole("button", { name: words.over });
    change("lin@shop.example", { answer: "His." });
    await user.click(over);
    await drawer.findByText(/lin@shop.example/);
    expect(kept.written).toEqual([]);
    await user.click(drawer.getByRole("button", { name: words.over }));
    await waitFor(() => expect(address()).toBe("/console/knowledge"));
    expect(kept.entry.answer).toBe("Mine.");
  });

  it("that was deleted can be kept as a new one", async () => {
    const { kept, user, drawer, write, save, address } = await opened();
    await write("Mine.");
    kept.gone = true;
    await save();
    expect((await drawer.findByRole("alert")).textContent).toBe(words.entry.deleted);
    await user.click(drawer.getByRole("button", { name: words.entry.asNew }));
    await waitFor(() => expect(address()).toBe("/console/knowledge"));
    expect(kept.created).toEqual(["Mine."]);
  });
});

describe("an entry's drawer", () => {
  it("says that what its address names is not there", async () => {
    openConsole("/knowledge?entry=e9", {
      knowledge: {
        listEntries: () => ({ entries: [first], total: 1 }),
        getEntry: () => {
          throw problem(Code.NotFound, "not_found");
        },
      },
    });
    expect(await screen.findByText(words.entry.missingTitle)).toBeTruthy();
  });

  it("holds on to what was written when another page is gone to, and lets it go when told so", async () => {
    const { user, drawer, answer, address, history, write } = await opened();
    await write("Mine.");
    act(() => history.push("/console/products"));
    await user.click(await screen.findByRole("button", { name: en.entry.keep }));
    expect(address()).toContain("entry=e1");
    // The drawer's other side is no other page.
    await user.click(drawer.getByRole("tab", { name: en.history.title }));
    await user.click(drawer.getByRole("tab", { name: en.entry.texts }));
    expect(answer.value).toBe("Mine.");
    act(() => history.push("/console/products"));
    await user.click(await screen.findByRole("button", { name: en.entry.discard }));
    await waitFor(() => expect(address()).toBe("/console/products"));
  });

  it("holds on to a way of asking that is being typed", async () => {
    const { user, drawer, address } = await opened();
    await user.type(drawer.getByLabelText(en.entry.addPhrasing), "parcel?");
    await user.keyboard("{Escape}");
    expect(await screen.findByText(en.entry.discardBody)).toBeTruthy();
    expect(address()).toContain("entry=e1");
  });

  it("says that a year of six digits is no day", async () => {
    const { kept, drawer, user, save } = await opened();
    const until = drawer.getByLabelText(en.entry.validUntil);
    await user.click(until);
    act(() => {
      const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value") ?? {};
      set?.call(until, "123456-01-01");
      until.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await save();
    expect(await drawer.findByText(en.entry.noDay)).toBeTruthy();
    expect(kept.written).toEqual([]);
  });
});
