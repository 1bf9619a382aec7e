import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { en } from "../../i18n/en";
import { openConsole } from "../../test/console";

describe("gaps", () => {
  it.each([
    [0, en.gaps.nothingTitle],
    [1, en.gaps.emptyTitle],
  ])(
    "tells a shop that nobody has asked from one whose questions are all answered: %d",
    async (questions, title) => {
      openConsole("/gaps", { learning: { listGaps: () => ({}), getCoverage: () => ({ questions }) } });
      expect(await screen.findByText(title)).toBeTruthy();
    },
  );

  it("turns a gap into an entry, and the gap is gone", async () => {
    let gaps = [{ id: "g1", question: "Do you wrap gifts?", language: "en", conversations: 3 }];
    let approved: unknown;
    const { user } = openConsole("/gaps", {
      learning: {
        listGaps: () => ({ gaps, total: gaps.length }),
        getCoverage: () => ({ questions: 40, answered: 20, learnt: 4, open: 8, days: 30 }),
        getGap: () => ({
          gap: gaps[0],
          questions: [{ id: "q1", question: "gift wrap?" }],
          phrasings: ["Do you wrap gifts?", "gift wrap?"],
        }),
        draftAnswer: () => ({
          answer: "We sell boxes.",
          sources: [{ entryId: "e0", question: "Do you sell boxes?" }],
        }),
        previewChange: () => ({}),
        approveGap: (request) => {
          approved = request;
          gaps = [];
          return { entry: { id: "e1" } };
        },
      },
    });
    expect(await screen.findByText("50%")).toBeTruthy();
    expect(screen.getByText(en.gaps.coverage.open("80%", 1))).toBeTruthy();
    await user.click(await screen.findByRole("button", { name: en.gaps.write }));
    expect(await screen.findByText(en.gaps.one.draftNearest("Do you sell boxes?"))).toBeTruthy();
    await user.click(screen.getByRole("button", { name: en.gaps.one.useDraft }));
    const answer = await screen.findByLabelText(en.entry.answer);
    expect((answer as HTMLTextAreaElement).value).toBe("We sell boxes.");
    await user.clear(answer);
    await user.type(answer, "Yes.");
    await user.click(screen.getByRole("button", { name: en.act.save }));
    expect(await screen.findByText(en.gaps.emptyTitle)).toBeTruthy();
    expect(approved).toMatchObject({
      gapId: "g1",
      entryId: "",
      content: { question: "Do you wrap gifts?", answer: "Yes.", phrasings: ["gift wrap?"], language: "en" },
    });
  });

  it("joins, dismisses and brings back", async () => {
    const told: unknown[] = [];
    const list = [
      { id: "g1", question: "Weather?" },
      { id: "g2", question: "Rain?" },
    ];
    const { user, address } = openConsole("/gaps", {
      learning: {
        listGaps: () => ({ gaps: list, total: 2 }),
        getCoverage: () => ({ questions: 3 }),
        mergeGaps: ({ intoId, ids }) => {
          told.push([intoId, ids]);
          return {};
        },
        dismissGap: ({ id }) => {
          told.push(id);
          return {};
        },
        restoreGap: ({ id }) => {
          told.push(`back ${id}`);
          return {};
        },
      },
    });
    expect(await screen.findByText(en.gaps.coverage.tooLittle(3))).toBeTruthy();
    for (const one of list) await user.click(await screen.findByLabelText(en.gaps.select(one.question)));
    await user.click(screen.getByRole("button", { name: en.gaps.merge(2) }));
    await waitFor(() => expect(told).toEqual([["g1", ["g2"]]]));
    await user.click((await screen.findAllByRole("button", { name: en.gaps.dismiss }))[0] as HTMLElement);
    await waitFor(() => expect(told).toContain("g1"));
    await user.click(screen.getByText(en.gaps.dismissedOnes));
    await user.click((await screen.findAllByRole("button", { name: en.gaps.restore }))[1] as HTMLElement);
    await waitFor(() => expect(told).toContain("back g2"));
    expect(address()).toContain("show=dismissed");
  });
});
