import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { en } from "../../i18n/en";
import { openConsole } from "../../test/console";

it("asks a new shop for its hours alone, and leaves what else belongs to them", async () => {
  let sent: unknown;
  const kept = {
    awayText: "We sleep.",
    closedOn: ["2026-12-25"],
    replyWithinMinutes: 7,
    notify: ["a@b.example"],
  };
  const { user } = openConsole("/start/shop", {
    tenant: { getTenant: () => ({ tenant: { id: "t1", name: "Tea House", timeZone: "Asia/Taipei" } }) },
    inbox: {
      getHours: () => ({ hours: kept, timeZone: "Asia/Taipei" }),
      setHours: ({ hours }) => {
        sent = hours;
        return { hours };
      },
    },
  });
  await user.click(await screen.findByRole("button", { name: en.start.hours.set }));
  await user.click(screen.getByRole("button", { name: en.hours.addLabel("Monday") }));
  const saves = screen.getAllByRole("button", { name: en.act.save });
  await user.click(saves[saves.length - 1] as HTMLElement);
  await waitFor(() => expect(sent).toMatchObject(kept));
  expect(sent).toMatchObject({ openings: [{ weekday: 1 }] });
});
