import { durationFromMs } from "@bufbuild/protobuf/wkt";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { en } from "../../i18n/en";
import { openConsole } from "../../test/console";
import { lastDays, spanBefore } from "./span";

const baseline = {
  minutesToFirstReply: 90,
  minutesPerConversation: 6,
  hourlyWageMinor: 2000n,
  currency: "USD",
};

const report = {
  conversations: 200,
  answeredWithoutStaff: 150,
  judged: 100,
  cameBack: 10,
  replied: 190,
  ratings: [
    { heard: "bot", content: 8, discontent: 2 },
    { heard: "both", content: 20, discontent: 5 },
    { heard: "staff", content: 24, discontent: 0 },
  ],
  handOvers: [
    { reason: "asked", n: 15, conversations: 12 },
    { reason: "missing_knowledge", n: 5, conversations: 5 },
    { reason: "policy" },
  ],
  offHours: 40,
  firstWords: {
    p50: durationFromMs(20),
    p95: durationFromMs(900),
    p99: durationFromMs(2500),
    n: 300,
    enough: true,
  },
  spread: [
    { after: durationFromMs(0), upTo: durationFromMs(100), n: 240 },
    { after: durationFromMs(100), n: 60 },
  ],
  minutesPerConversation: 6,
  savedLow: 20,
  savedLikely: 120,
  savedHigh: 140,
  outcomes: [
    { outcome: "confirmed", n: 30 },
    { outcome: "failed_hand_off", n: 10 },
  ],
};

/** sorted is an address with its search in the order of the letters. */
const sorted = (address: string) => {
  const url = new URL(address, "http://shop.example");
  url.searchParams.sort();
  return url.pathname + url.search;
};

describe("figures", () => {
  it("names what is asked most beside what is asked most and not answered", async () => {
    openConsole("/figures?tab=questions", {
      insight: {
        getReport: () => report,
        getBaseline: () => ({ baseline }),
        listTopEntries: () => ({ entries: [{ entryId: "e1", question: "Delivery?", answers: 7 }] }),
      },
      learning: {
        listGaps: ({ pageSize }) =>
          pageSize > 1 ? { gaps: [{ id: "g1", question: "Gift wrap?", conversations: 4 }], total: 12 } : {},
      },
    });
    const gaps = await screen.findByRole("table", { name: en.figures.topGaps });
    const gap = within(gaps).getByRole("link", { name: "Gift wrap?" });
    expect(gap.getAttribute("href")).toContain("/gaps?gap=g1");
    expect(within(gaps).getByRole("cell").textContent).toBe("4");
    expect(screen.getByRole("link", { name: en.figures.gaps(12) })).toBeTruthy();
    expect(screen.getByRole("link", { name: "Delivery?" })).toBeTruthy();
  });

  it("sets each figure beside that of the period before, and quotes none from too little", async () => {
    const seen: bigint[] = [];
    openConsole("/figures", {
      insight: {
        getReport: (request) => {
          seen.push(request.from?.seconds ?? 0n);
          return seen.length === 1 || request.from?.seconds === seen[0]
            ? report
            : { ...report, answeredWithoutStaff: 100, judged: 5, firstWords: { n: 3 } };
        },
      },
    });
    const tile = async (title: string) => {
      const head = await screen.findByRole("heading", { name: title, level: 2 });
      return within(head.closest(".mantine-Card-root") as HTMLElement);
    };
    const automation = await tile(en.home.withoutStaff);
    expect(automation.getByText("75%")).toBeTruthy();
    expect(automation.getByText(en.figures.previous("50%"))).toBeTruthy();
    expect((await tile(en.figures.durable)).getByText("90%")).toBeTruthy();
    expect((await tile(en.figures.durable)).queryByText(/in the period before$/)).toBeNull();
    expect(screen.queryByText(en.figures.noPrevious)).toBeNull();
    // Ten ratings are no share.
    const content = await tile(en.figures.satisfaction);
    const row = (name: string) => content.getByRole("row", { name: new RegExp(`^${name}`) }).textContent;
    expect(row(en.figures.heard.bot)).toContain(en.home.tooLittle);
    expect(row(en.figures.heard.both)).toContain("80%");
    expect(row(en.figures.heard.staff)).toContain("100%");
    const reasons = await tile(en.figures.reasons);
    expect(reasons.getByText(en.figures.reasonsLead(20))).toBeTruthy();
    expect(reasons.getByText("15 · 75%")).toBeTruthy();
    expect((await tile(en.figures.wait.p95)).getByText("900 ms")).toBeTruthy();
    expect(screen.getByText(en.figures.longerThan("100 ms"))).toBeTruthy();
    expect(screen.getByText("240 · 80%")).toBeTruthy();
  });

  it("says once that there is nothing to compare with", async () => {
    let asked = 0;
    openConsole("/figures", {
      insight: { getReport: () => (asked++ === 0 ? report : { conversations: 3 }) },
    });
    expect(await screen.findAllByText(en.figures.noPrevious)).toHaveLength(1);
  });

  it("opens behind each figure the conversations that it counts, in its period", async () => {
    openConsole("/figures?period=90d", { insight: { getReport: () => report, listLedger: () => ({}) } });
    const behind = async (name: string) =>
      (await screen.findAllByRole("link", { name })).map((link) => sorted((link as HTMLAnchorElement).href));
    const at = (search: string) => sorted(`/console/figures?period=90d&tab=savings${search}`);
    expect(await behind(en.figures.open(190))).toEqual(Array(3).fill(at("&replied=true")));
    expect(await behind(en.figures.open(150))).toEqual([at("&outcome=confirmed%2Cuntouched%2Creturned")]);
    expect(await behind(en.figures.openLasting(90))).toEqual([at("&lasting=true")]);
    expect(await behind(en.figures.openCameBack(10))).toEqual([at("&lasting=false")]);
    expect(await behind(en.figures.open(40))).toEqual([at("&off=true")]);
    expect(await behind(en.figures.openContent(20))).toEqual([at("&heard=both&rating=content")]);
    expect(await behind(en.figures.openDiscontent(2))).toEqual([at("&heard=bot&rating=discontent")]);
    expect(await behind(en.figures.open(12))).toEqual([at("&reason=asked")]);
    expect(screen.queryByRole("link", { name: en.figures.open(0) })).toBeNull();
    expect(screen.queryByRole("link", { name: en.figures.openDiscontent(0) })).toBeNull();
  });

  it("asks for the conversations that the address means, and takes one condition away after the other", async () => {
    const asked: unknown[] = [];
    const { user, address } = openConsole(
      "/figures?tab=savings&reason=asked,limit&off=true&heard=both&rating=content&lasting=false&after=22&before=8&weekday=7&day=2026-03-01&decision=direct&source=e1&slower=100&upto=300",
      {
        insight: {
          getReport: () => report,
          listLedger: (request) => {
            const { $typeName, hours, waited, ...filter } = request.filter ?? {};
            const wait = [waited?.after?.nanos, waited?.upTo?.nanos];
            asked.push({ ...filter, wait, hours: hours && [hours.from, hours.until] });
            return {};
          },
        },
      },
    );
    await waitFor(() =>
      expect(asked).toEqual([
        {
          outcomes: [],
          reasons: ["asked", "limit"],
          met: false,
          replied: false,
          heard: "both",
          rating: "content",
          lasting: false,
          offHours: true,
          day: "2026-03-01",
          weekday: 7,
          hours: [22, 8],
          decision: "direct",
          entryId: "e1",
          wait: [1e8, 3e8],
        },
      ]),
    );
    const away = (name: string) => user.click(screen.getByRole("button", { name: en.figures.without(name) }));
    await away(en.figures.only.reason(en.inbox.reason.asked));
    await away(en.figures.offHours);
    await away(en.decision.direct);
    await away(en.figures.only.entry);
    await away(en.figures.only.waited("100 ms", "300 ms"));
    await away(en.figures.only.hours("10:00 PM", "8:00 AM"));
    await away("Sun");
    await waitFor(() =>
      expect(sorted(address())).toBe(
        "/console/figures?day=2026-03-01&heard=both&lasting=false&rating=content&reason=limit&tab=savings",
      ),
    );
    await user.click(await screen.findByRole("button", { name: en.act.clearFilters }));
    await waitFor(() => expect(address()).toBe("/console/figures?tab=savings"));
  });

  it("multiplies what the server counts by the numbers that are tried, and saves none", async () => {
    const { user } = openConsole("/figures?tab=savings", {
      insight: { getReport: () => report, getBaseline: () => ({ baseline }), listLedger: () => ({}) },
    });
    expect(await screen.findByText("12 hours")).toBeTruthy();
    expect(screen.getByText("$240")).toBeTruthy();
    expect(
      screen.getByText(en.figures.formula("130", "10", "6 minutes", "$20.00", "12 hours", "$240")),
    ).toBeTruthy();
    fireEvent.change(screen.getByRole("textbox", { name: en.figures.tryMinutes }), {
      target: { value: "3" },
    });
    expect(await screen.findByText("6 hours")).toBeTruthy();
    expect(screen.getByText("$120")).toBeTruthy();
    expect(screen.getByText(en.figures.trying)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: en.figures.ownNumbers }));
    expect(await screen.findByText("12 hours")).toBeTruthy();
  });

  it("names the outcome of each conversation, asks for those of the address, and for the file of the same", async () => {
    const asked: string[][] = [];
    const { user } = openConsole("/figures?tab=savings&outcome=confirmed%2Cfailed_hand_off", {
      insight: {
        getReport: () => report,
        listLedger: (request) => {
          asked.push(request.filter?.outcomes ?? []);
          return {
            rows: [
              { conversationId: "c1", firstQuestion: "Lost?", outcome: "failed_hand_off", minutesLow: -6 },
              { conversationId: "c2", firstQuestion: "Sizes?", outcome: "confirmed", minutesLow: 6.5 },
            ],
          };
        },
        exportLedger: (request) => {
          asked.push(request.filter?.outcomes ?? []);
          return { fileName: "ledger.csv", contentType: "text/csv" };
        },
      },
    });
    URL.createObjectURL = () => "blob:x";
    URL.revokeObjectURL = () => {};
    // Beside the question where there is room, under it where there is not.
    const failed = en.ledger.outcomes.failed_hand_off as string;
    expect(await screen.findByText("-6 / 0 / 0")).toBeTruthy();
    expect(screen.getAllByText(failed)).toHaveLength(2);
    expect(screen.getByText("6.5 / 0 / 0")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: en.figures.export }));
    await waitFor(() => expect(asked).toHaveLength(2));
    expect(asked).toEqual([
      ["confirmed", "failed_hand_off"],
      ["confirmed", "failed_hand_off"],
    ]);
  });

  it("plans for the shop's own hours until others are chosen, over the period of the page", async () => {
    const asked: [number, number, number][] = [];
    const { user } = openConsole("/figures?tab=staffing&period=90d", {
      inbox: {
        getHours: () => ({ hours: { openings: [{ weekday: 1, opens: 600, closes: 1380 }] } }),
      },
      insight: {
        getReport: () => report,
        getStaffingPlan: (request) => {
          const days = Number((request.to?.seconds ?? 0n) - (request.from?.seconds ?? 0n)) / 86_400;
          asked.push([days, request.opensAt, Number(request.patience?.seconds)]);
          return {
            conversations: 400,
            weeks: 12,
            enough: true,
            closings: [
              { hour: 22, conversations: 100, byBot: 93 },
              { hour: 23, conversations: 50, byBot: 49 },
            ],
          };
        },
      },
    });
    // As it is now, and what would do as well.
    expect(await screen.findByText(en.figures.canClose("11:00 PM", "98%"))).toBeTruthy();
    expect(screen.getByText(en.figures.canClose("10:00 PM", "93%"))).toBeTruthy();
    expect(screen.getByText(new RegExp(en.figures.ownHours))).toBeTruthy();
    await user.selectOptions(screen.getByLabelText(en.figures.patience), "20");
    await waitFor(() =>
      expect(asked).toEqual([
        [90, 10, 600],
        [90, 10, 1200],
      ]),
    );
  });

  it("makes no week of what came on the first day", async () => {
    openConsole("/figures?tab=staffing", {
      insight: {
        getReport: () => report,
        getStaffingPlan: () => ({
          conversations: 44,
          weeks: 0.0006,
          hours: [{ weekday: 7, hour: 1, conversations: 44, byBot: 36, forStaff: 8 }],
        }),
      },
    });
    const little = en.figures.planTooLittle(44, en.figures.underAWeek);
    expect(await screen.findByText(little)).toBeTruthy();
    expect(screen.getByRole("cell", { name: /^44 / })).toBeTruthy();
  });

  it("opens behind each hour of the week what began in it, in the drawing and in the table", async () => {
    const hour = { weekday: 7, hour: 23, conversations: 80, byBot: 60, forStaff: 20, staff: 2 };
    const asked: unknown[] = [];
    const { user, address } = openConsole("/figures?tab=staffing&period=90d", {
      insight: {
        getReport: () => report,
        getStaffingPlan: () => ({
          conversations: 400,
          weeks: 4,
          enough: true,
          minutesPerConversation: 6,
          hours: [hour],
        }),
        listLedger: ({ filter }) => {
          asked.push([filter?.weekday, filter?.hours?.from, filter?.hours?.until, filter?.outcomes]);
          return {};
        },
      },
    });
    const staff = ["handed_off", "failed_hand_off", "not_helpful", "abstained"];
    const bot = ["confirmed", "untouched", "returned"];
    const at = (outcomes: string[]) =>
      sorted(
        `/console/figures?after=23&before=0&outcome=${outcomes.join("%2C")}&period=90d&tab=savings&weekday=7`,
      );
    const link = (number: string) => {
      const name = `${number} Sun 11:00 PM: ${en.home.ledger}`;
      return screen.findByRole<HTMLAnchorElement>("link", { name });
    };
    const about = [...staff, "confirmed", "returned", "untouched"];
    expect(sorted((await link("20")).href)).toBe(at(about)); // eighty in four weeks
    await user.selectOptions(screen.getByLabelText(en.figures.shown), "staff");
    expect(sorted((await link("2")).href)).toContain(`outcome=${staff.join("%2C")}`);
    await user.click(screen.getByLabelText(en.act.table));
    const shown = sorted((await link("80")).href);
    expect(shown).toContain(`outcome=${about.join("%2C")}`);
    expect(shown).toContain("weekday=7");
    expect(sorted((await link("20")).href)).toContain(`outcome=${staff.join("%2C")}`);
    (await link("60")).focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(asked).toEqual([[7, 23, 0, bot]]));
    const weekday = screen.getByRole("button", { name: en.figures.without("Sun") });
    await user.click(weekday);
    await waitFor(() => expect(address()).not.toContain("weekday"));
  });

  it("says when people can go home, and when there is too little to say", async () => {
    const closings = [
      { hour: 18, conversations: 200, byBot: 150 },
      { hour: 22, conversations: 100, byBot: 93 },
      { hour: 23, conversations: 4, byBot: 4 },
    ];
    const { user } = openConsole("/figures?tab=staffing", {
      insight: {
        getReport: () => report,
        getStaffingPlan: () => ({
          conversations: 400,
          weeks: 4,
          enough: true,
          minutesPerConversation: 6,
          hours: [{ weekday: 1, hour: 10, conversations: 80, byBot: 60, forStaff: 20, staff: 2 }],
          closings,
        }),
      },
    });
    expect(await screen.findByText(en.figures.canClose("10:00 PM", "93%"))).toBeTruthy();
    await user.selectOptions(screen.getByLabelText(en.figures.closesAt), "18");
    expect(await screen.findByText(en.figures.cannotClose("6:00 PM", "75%"))).toBeTruthy();
    await user.selectOptions(screen.getByLabelText(en.figures.closesAt), "23");
    expect(await screen.findByText(en.figures.closeTooLittle("11:00 PM", 4))).toBeTruthy();
    expect(screen.getByRole("cell", { name: /^20 / })).toBeTruthy();
    await user.selectOptions(screen.getByLabelText(en.figures.shown), "staff");
    expect(await screen.findByRole("cell", { name: /^2 / })).toBeTruthy();
  });

  it("asks for a period that ends with the hour, and for the one before it", () => {
    const span = lastDays("7d", Date.UTC(2026, 0, 8, 10, 20));
    expect(span.to.toISOString()).toBe("2026-01-08T11:00:00.000Z");
    expect(span.from.toISOString()).toBe("2026-01-01T11:00:00.000Z");
    expect(spanBefore(span).to).toEqual(span.from);
    expect(spanBefore(span).from.toISOString()).toBe("2025-12-25T11:00:00.000Z");
  });
});
