import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { en } from "../i18n/en";
import { openConsole } from "../test/console";

describe("gaps", () => {
  it("turns a gap into an entry, and the gap is gone", async () => {
    let gaps = [{ id: "g1", question: "Do you wrap gifts?", language: "en" }];
    const { user } = openConsole("/gaps", {
      learning: {
        listGaps: () => ({ gaps, total: gaps.length }),
        dismissGap: (request) => {
          gaps = gaps.filter((gap) => gap.id !== request.id);
          return {};
        },
      },
      knowledge: {
        createEntry: (request) => {
          expect(request.content).toMatchObject({
            question: "Do you wrap gifts?",
            answer: "Yes.",
            language: "en",
          });
          return { entry: { id: "e1" } };
        },
      },
    });
    await user.click(await screen.findByRole("button", { name: en.gaps.write }));
    await user.type(await screen.findByLabelText(en.entry.answer), "Yes.");
    await user.click(screen.getByRole("button", { name: en.act.save }));
    expect(await screen.findByText(en.gaps.emptyTitle)).toBeTruthy();
  });

  it("dismisses", async () => {
    let dismissed = "";
    const { user } = openConsole("/gaps", {
      learning: {
        listGaps: () => ({ gaps: [{ id: "g1", question: "Weather?" }], total: 1 }),
        dismissGap: (request) => {
          dismissed = request.id;
          return {};
        },
      },
    });
    await user.click(await screen.findByRole("button", { name: en.gaps.dismiss }));
    await waitFor(() => expect(dismissed).toBe("g1"));
  });
});
