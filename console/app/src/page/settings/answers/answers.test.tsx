import { Code } from "@connectrpc/connect";
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { en } from "../../../i18n/en";
import { openConsole, problem } from "../../../test/console";
import { fields, textNames } from "./values";

const answering = { strictness: 2, tone: 1, answerBudgetMs: 1000, en: { greeting: "Meow." } };
const defaultEn = Object.fromEntries(textNames.map((name) => [name, `usual ${name}`]));
const level = (strictness: number, answeredShare: number, labels = 0) => ({
  strictness,
  answeredShare,
  labels,
  precision: 0.9,
  precisionLow: 0.8,
  precisionHigh: 0.95,
});

describe("answers", () => {
  it("says what is missing before it says how often answers are right", async () => {
    openConsole("/settings/answers", {
      answering: {
        getAnswering: () => ({
          answering,
          levels: [level(1, 0.4), level(2, 0.6, 12), level(3, 0.8, 12)],
          questions: 200,
          labels: 12,
          checks: 2,
          ratingsMissing: 30,
          checksMissing: 6,
        }),
      },
    });
    expect(await screen.findByText(en.answers.missing(12, 30, 6))).toBeTruthy();
    expect(screen.getByText(en.answers.answered("60%", 200))).toBeTruthy();
    expect(screen.queryByText(/are right/)).toBeNull();
  });

  it("shows each level's own figures once there are enough", async () => {
    openConsole("/settings/answers", {
      answering: {
        getAnswering: () => ({
          answering,
          levels: [level(1, 0.4), level(2, 0.6, 50), level(3, 0.8, 60)],
          questions: 200,
          labels: 60,
          checks: 20,
          productAnswers: 41,
          productRated: 5,
          productHelped: 4,
        }),
      },
    });
    expect(await screen.findByText(new RegExp(en.answers.notRated))).toBeTruthy();
    expect(screen.getByText(en.answers.measured(40, 20))).toBeTruthy();
    expect(screen.getByText(en.answers.products(41, 5, 4))).toBeTruthy();
    expect(
      screen.getByText(`${en.answers.answered("80%", 200)} ${en.answers.right("90%", 60, "80%", "95%")}`),
    ).toBeTruthy();
  });

  it("saves a choice and a text, and keeps what is said otherwise in sight", async () => {
    const saved: unknown[] = [];
    const { user } = openConsole("/settings/answers", {
      answering: {
        getAnswering: () => ({
          answering,
          levels: [level(1, 0.4), level(2, 0.6), level(3, 0.8)],
          questions: 9,
          labelsNeeded: 50,
          defaultEn,
        }),
        updateAnswering: ({ answering }) => {
          saved.push(answering);
          return { answering };
        },
      },
    });
    await user.click(await screen.findByRole("radio", { name: new RegExp(en.answers.levels.verySure) }));
    const thanks = screen.getByRole("textbox", { name: en.answers.text.thanks });
    expect(thanks.getAttribute("placeholder")).toBe("usual thanks");
    await user.type(thanks, "Any time.");
    const form = screen.getByRole("heading", { name: en.answers.title }).closest("form");
    await user.click(within(form as HTMLElement).getByRole("button", { name: en.act.save }));
    expect(await screen.findByText(en.answers.saved)).toBeTruthy();
    expect(saved).toMatchObject([
      { strictness: 1, tone: 1, answerBudgetMs: 1000, en: { greeting: "Meow.", thanks: "Any time." } },
    ]);
  });

  it("shows a violation at its text, in the language it is in", async () => {
    const { user } = openConsole("/settings/answers", {
      answering: {
        getAnswering: () => ({ answering, levels: [level(1, 0), level(2, 0)], labelsNeeded: 50, defaultEn }),
        updateAnswering: () => {
          throw problem(Code.InvalidArgument, "invalid_fields", [
            { path: "answering.zh_hant.no_knowledge", rule: "string.max_len", message: "too long" },
          ]);
        },
      },
    });
    await user.click(await screen.findByRole("switch", { name: new RegExp(en.answers.warm) }));
    const form = screen.getByRole("heading", { name: en.answers.title }).closest("form");
    await user.click(within(form as HTMLElement).getByRole("button", { name: en.act.save }));
    expect(await screen.findByRole("tab", { name: "繁體中文", selected: true })).toBeTruthy();
    const wrong = screen.getByRole("textbox", { name: en.answers.text.noKnowledge });
    expect(wrong.getAttribute("aria-invalid")).toBe("true");
    expect(Object.keys(fields)).toHaveLength(31);
  });
});
