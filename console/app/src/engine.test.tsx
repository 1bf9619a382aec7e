import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { en } from "./i18n/en";
import { openConsole } from "./test/console";

const model = (modelState: string) => ({ knowledge: { getEngine: () => ({ modelState }) } });

describe("the frame", () => {
  it("is one navigation", async () => {
    openConsole("/install");
    const navigation = await screen.findAllByRole("navigation");
    expect(navigation).toHaveLength(1);
    expect(navigation[0]?.getAttribute("aria-label")).toBe(en.app.navigation);
  });

  it("says calmly, on the overview and until it is put away, that no model is connected", async () => {
    const { user } = openConsole("/", model("off"));
    expect(await screen.findByText(en.engine.offTitle)).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
    await user.click(screen.getByRole("button", { name: en.engine.hide }));
    await waitFor(() => expect(screen.queryByText(en.engine.offTitle)).toBeNull());
    expect(localStorage.getItem("storebot-engine-off")).toBe("true");
  });

  it("does not say it again", async () => {
    localStorage.setItem("storebot-engine-off", "true");
    openConsole("/", model("off"));
    await screen.findByText(en.home.setUpDone(0, 5));
    expect(screen.queryByText(en.engine.offTitle)).toBeNull();
  });

  it("warns on every page of a model that fails, whatever was put away", async () => {
    localStorage.setItem("storebot-engine-off", "true");
    openConsole("/settings", model("degraded"));
    expect(await screen.findByText(en.engine.degradedTitle)).toBeTruthy();
    expect(screen.getByText(en.engine.degradedBody)).toBeTruthy();
    expect(screen.queryByRole("button", { name: en.engine.hide })).toBeNull();
  });
});
