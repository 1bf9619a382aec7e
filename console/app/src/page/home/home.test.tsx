import { durationFromMs, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { OnboardingStep } from "../../gen/storebot/v1/onboarding_pb";
import { en } from "../../i18n/en";
import { onboarding, openConsole } from "../../test/console";

const baseline = {
  minutesToFirstReply: 90,
  minutesPerConversation: 6,
  hourlyWageMinor: 2000n,
  currency: "USD",
};

describe("overview", () => {
  it("does not quote a figure from too little data", async () => {
    openConsole("/", {
      insight: {
        getReport: () => ({
          conversations: 2,
          firstWords: { p50: durationFromMs(5), n: 2, enough: false },
        }),
      },
    });
    expect(await screen.findByText(en.home.tooLittleBody(2))).toBeTruthy();
    expect(screen.queryByText("5 ms")).toBeNull();
  });

  it("ticks the set-up by facts alone", async () => {
    openConsole("/", {
      onboarding: onboarding(OnboardingStep.SHOP, OnboardingStep.ENTRIES),
      knowledge: { getEngine: () => ({ modelState: "ok", entries: 12 }) },
    });
    expect(await screen.findByText(en.home.setUpDone(2, 5))).toBeTruthy();
    expect(screen.getByText(en.home.steps.entriesDone(12))).toBeTruthy();
    expect(screen.getByRole("link", { name: en.home.steps.pageAction })).toBeTruthy();
  });

  it("asks for the merchant's numbers once, in minor units to the server", async () => {
    let stored: typeof baseline | undefined;
    const { user } = openConsole("/", {
      insight: {
        getBaseline: () => ({ baseline: stored }),
        setBaseline: (request) => {
          expect(request.baseline).toMatchObject(baseline);
          stored = baseline;
          return { baseline };
        },
        getReport: () => ({
          conversations: 40,
          savings: stored && {
            minutesLow: 12,
            minutesLikely: 180,
            minutesHigh: 240,
            moneyMinorLow: 400n,
            moneyMinorLikely: 6000n,
            moneyMinorHigh: 8000n,
            currency: "USD",
          },
        }),
      },
    });
    const ask = await screen.findByRole("button", { name: en.home.steps.baselineAction });
    await waitFor(() => expect(ask.hasAttribute("disabled")).toBe(false));
    await user.click(ask);
    const fill = (label: string, value: string) =>
      fireEvent.change(screen.getByLabelText(label), { target: { value } });
    const first = await screen.findByLabelText(en.baseline.firstReply);
    await waitFor(() => expect(document.activeElement).toBe(first));
    fill(en.baseline.firstReply, "90");
    fill(en.baseline.perConversation, "6");
    fill(en.baseline.wage, "20");
    await user.click(screen.getByRole("button", { name: en.baseline.save }));
    expect(await screen.findByText("3 hours")).toBeTruthy();
    expect(screen.getByText("$60.00")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: en.home.howCounted }));
    expect(await screen.findByText(en.home.formula("6 minutes", "$20.00"))).toBeTruthy();
  });

  it("looks again each time it is opened", async () => {
    let looks = 0;
    const { user } = openConsole("/", {
      insight: { getReport: () => ({ questions: ++looks }) },
      onboarding: {
        getOnboarding: () => onboarding(...(looks > 1 ? [OnboardingStep.PAGE] : [])).getOnboarding(),
      },
      tenant: {
        getTenant: () => ({
          tenant: { seenOnSiteAt: looks > 1 ? timestampFromDate(new Date()) : undefined },
        }),
      },
    });
    expect(await screen.findByText(en.home.steps.pageHint)).toBeTruthy();
    await user.click(screen.getByRole("link", { name: en.nav.settings }));
    await screen.findByRole("heading", { name: en.settings.title });
    await user.click(screen.getByRole("link", { name: en.nav.home }));
    expect(await screen.findByText(en.home.steps.pageDone("just now"))).toBeTruthy();
    expect(looks).toBe(2);
  });

  it("shows figures once it knows what stands above them", async () => {
    let release = () => {};
    const known = new Promise<void>((resolve) => {
      release = resolve;
    });
    openConsole("/", {
      insight: { getReport: () => ({ conversations: 2, firstWords: { n: 2 } }) },
      tenant: {
        getTenant: async () => {
          await known;
          return { tenant: {} };
        },
      },
    });
    await screen.findByRole("heading", { name: en.home.title });
    expect(screen.queryByText(en.home.tooLittleBody(2))).toBeNull();
    release();
    expect(await screen.findByText(en.home.tooLittleBody(2))).toBeTruthy();
    expect(screen.getByText(en.home.setUpDone(0, 5))).toBeTruthy();
  });
});
