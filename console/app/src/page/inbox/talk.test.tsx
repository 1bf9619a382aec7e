import { createEvent, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { ConversationState } from "../../gen/storebot/v1/shopper_pb";
import { en } from "../../i18n/en";
import { openConsole } from "../../test/console";

const talk = { id: "c1", state: ConversationState.STAFF, mine: true, lastText: "Anybody?" };

/** look says whether somebody looks at the tab. */
function look(visibility: DocumentVisibilityState) {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(visibility);
  document.dispatchEvent(new Event("visibilitychange"));
}

it("marks read what came while the tab was hidden, once it is looked at again", async () => {
  const read: string[] = [];
  look("hidden");
  openConsole("/inbox/c1", {
    inbox: {
      listConversations: () => ({ conversations: [{ ...talk, unread: 1 }] }),
      getConversation: () => ({
        conversation: { ...talk, unread: 1 },
        lines: [{ id: "l1", author: "shopper", text: "Are you there?" }],
      }),
      suggestReply: () => ({}),
      markRead: ({ id }) => {
        read.push(id);
        return {};
      },
    },
  });
  expect(await screen.findByText("Are you there?")).toBeTruthy();
  expect(read).toEqual([]);
  look("visible");
  await waitFor(() => expect(read).toEqual(["c1"]));
});

const suggesting = {
  inbox: {
    listConversations: () => ({ conversations: [talk] }),
    getConversation: () => ({
      conversation: talk,
      lines: [{ id: "l1", author: "shopper", text: "When?" }],
    }),
    suggestReply: () => ({ suggestions: [{ entryId: "e1", entryQuestion: "How long?", text: "Two days." }] }),
  },
};

it("puts a suggestion behind what is typed, and loses nothing of it", async () => {
  const { user } = openConsole("/inbox/c1", suggesting);
  const box = await screen.findByLabelText<HTMLTextAreaElement>(en.inbox.replyLabel);
  await user.type(box, "Hello Mei, ");
  await user.click(await screen.findByRole("button", { name: en.inbox.use("How long?") }));
  expect(box.value).toBe("Hello Mei,\nTwo days.");
  await user.clear(box);
  await user.click(screen.getByRole("button", { name: en.inbox.use("How long?") }));
  expect(box.value).toBe("Two days.");
});

it("sends nothing by the Enter that ends a composition, as Safari tells it", async () => {
  const sent: string[] = [];
  const { user } = openConsole("/try", {
    knowledge: {
      listEntries: () => ({}),
      getEngine: () => ({ modelState: "ok" }),
      async *tryQuestion({ question }) {
        sent.push(question);
        yield {};
      },
    },
  });
  const box = await screen.findByLabelText(en.try.placeholder);
  await user.type(box, "你好");
  const ends = createEvent.keyDown(box, { key: "Enter", keyCode: 229 });
  fireEvent(box, ends);
  expect(ends.defaultPrevented).toBe(false);
  expect(sent).toEqual([]);
  fireEvent.keyDown(box, { key: "Enter", keyCode: 13 });
  await waitFor(() => expect(sent).toEqual(["你好"]));
});

it("works where the browser stores nothing", async () => {
  vi.spyOn(Storage.prototype, "getItem").mockImplementation(() => {
    throw new DOMException("denied", "SecurityError");
  });
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("denied", "SecurityError");
  });
  const { user } = openConsole("/inbox");
  const sound = await screen.findByLabelText<HTMLInputElement>(en.inbox.sound);
  expect(sound.checked).toBe(false);
  await user.click(sound);
  expect(sound.checked).toBe(true);
});
