import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { ConversationState, HandOverReason } from "../../gen/storebot/v1/shopper_pb";
import { en } from "../../i18n/en";
import { openConsole } from "../../test/console";

it("says of each hand-over why, who has it, and how long the shopper waits", async () => {
  const waitingSince = timestampFromDate(new Date(Date.now() - 7 * 60_000));
  const asked = { reason: HandOverReason.ASKED, waitingSince };
  openConsole("/inbox?view=all", {
    inbox: {
      listConversations: () => ({
        conversations: [
          { id: "c1", state: ConversationState.WAITING, contact: { name: "Mei" }, ...asked },
          { id: "c2", state: ConversationState.STAFF, owner: { email: "lin@shop.example" }, ...asked },
          {
            id: "c3",
            state: ConversationState.STAFF,
            owner: { email: "a@shop.example" },
            mine: true,
            ...asked,
          },
          { id: "c4", state: ConversationState.STAFF, owner: {}, ...asked },
          { id: "c5", state: ConversationState.BOT },
        ],
      }),
    },
  });
  const rows = within(await screen.findByRole("list", { name: en.inbox.list })).getAllByRole("listitem");
  const told = rows.map((row) => row.textContent ?? "");
  const age = en.inbox.waits("7 minutes");
  for (const row of told.slice(0, 4)) {
    expect(row).toContain(en.inbox.reason.asked);
    expect(row).toContain(age);
  }
  expect(told[0]).toContain("Mei");
  expect(told[1]).toContain("lin@shop.example");
  expect(told[2]).toContain(en.inbox.who.you);
  expect(told[3]).toContain(en.inbox.who.former);
  expect(told[4]).not.toContain(age);
});
