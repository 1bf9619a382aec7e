import { durationFromMs } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Decision } from "../../gen/storebot/v1/shopper_pb";
import { en } from "../../i18n/en";
import { openConsole, problem } from "../../test/console";

describe("trying it", () => {
  it("writes the answer as it comes and lays its reasons open", async () => {
    const { user } = openConsole("/try", {
      knowledge: {
        getEngine: () => ({ modelState: "ok", entries: 3 }),
        async *tryQuestion(request) {
          expect(request.question).toBe("Delivery?");
          yield {
            event: {
              case: "evidence",
              value: { items: [{ entryId: "e1", question: "Best entry", score: 0.91 }] },
            },
          };
          yield { event: { case: "shopper", value: { event: { case: "delta", value: { text: "Two " } } } } };
          yield { event: { case: "shopper", value: { event: { case: "delta", value: { text: "dayz." } } } } };
          const timings = { firstWords: durationFromMs(4) };
          const done = { decision: Decision.DIRECT, confidence: 0.96, text: "Two days.", timings };
          yield { event: { case: "shopper", value: { event: { case: "done", value: done } } } };
        },
      },
    });
    await user.type(await screen.findByLabelText(en.try.placeholder), "Delivery?{Enter}");
    // The last event is the truth: it replaces what was streamed. It is there to see and to hear.
    expect(await screen.findAllByText("Two days.")).toHaveLength(2);
    expect(screen.getByText(en.decision.direct)).toBeTruthy();
    expect(screen.getByText("96% sure")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: en.try.evidence(1) }));
    expect(screen.getByText("Best entry")).toBeTruthy();
  });

  it("shows the products that a reply tells of, each with the way to its row", async () => {
    const { user } = openConsole("/try", {
      knowledge: {
        getEngine: () => ({ modelState: "ok", entries: 3 }),
        async *tryQuestion() {
          const products = [
            { sku: "TEA-101", name: "Winter oolong", price: "NT$1,299", availability: "In stock" },
          ];
          const done = { decision: Decision.DIRECT, reason: "product", text: "It is NT$1,299.", products };
          yield { event: { case: "shopper", value: { event: { case: "done", value: done } } } };
        },
      },
    });
    await user.type(await screen.findByLabelText(en.try.placeholder), "How much is the oolong?{Enter}");
    const link = await screen.findByRole("link", { name: "Winter oolong" });
    expect(link.getAttribute("href")).toBe("/console/products?q=TEA-101");
    expect(screen.getByText("TEA-101 · NT$1,299 · In stock")).toBeTruthy();
  });

  it.each([
    ["bge-m3", "Search: built in. 7 phrases are still being prepared for search by bge-m3."],
    ["builtin-en-1", "Search: built in. 7 phrases are still being prepared for search."],
    ["", "Search: built in. 7 phrases are still being prepared for search."],
  ])("says what the entries are being prepared for: %s", async (wantedEmbedder, said) => {
    const engine = { modelState: "ok", embedder: "builtin-en-1", wantedEmbedder, phrasingsPending: 7 };
    openConsole("/try", { knowledge: { getEngine: () => engine } });
    expect(await screen.findByText(said)).toBeTruthy();
  });

  it.each([
    [
      "bge-m3",
      0,
      "Search: words alone. The model that searches by meaning does not answer. It is tried again by itself.",
    ],
    [
      "builtin-en-1",
      7,
      "Search: built in. The model that searches by meaning does not answer; 7 phrases wait for it. It is tried again by itself.",
    ],
  ])("tells a model that does not answer from a queue: %s", async (embedder, phrasingsPending, said) => {
    const engine = { modelState: "degraded", embedder, embedderDown: true, phrasingsPending };
    openConsole("/try", { knowledge: { getEngine: () => engine } });
    expect(await screen.findByText(said)).toBeTruthy();
  });

  it("offers to write the answer that is missing", async () => {
    const { user } = openConsole("/try", {
      knowledge: {
        getEngine: () => ({ modelState: "ok", entries: 3 }),
        async *tryQuestion() {
          const done = { decision: Decision.ABSTAIN, reason: "no_match", text: "I do not know." };
          yield { event: { case: "shopper", value: { event: { case: "done", value: done } } } };
        },
      },
    });
    await user.type(await screen.findByLabelText(en.try.placeholder), "Gift wrap?{Enter}");
    await user.click(await screen.findByRole("button", { name: en.try.evidence(0) }));
    expect(screen.getByText(/^Reason: no entry comes near$/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: en.try.writeAnswer }));
    expect(((await screen.findByLabelText(en.entry.question)) as HTMLTextAreaElement).value).toBe(
      "Gift wrap?",
    );
  });

  it("says when the stream breaks off", async () => {
    const { user } = openConsole("/try", {
      knowledge: {
        getEngine: () => ({ modelState: "ok", entries: 3 }),
        async *tryQuestion() {
          yield { event: { case: "shopper", value: { event: { case: "delta", value: { text: "Two" } } } } };
          throw problem(Code.Unavailable, "storage_unavailable");
        },
      },
    });
    await user.type(await screen.findByLabelText(en.try.placeholder), "Delivery?{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain(en.problem.reason.storage_unavailable);
  });
});
