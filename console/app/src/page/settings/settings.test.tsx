import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { en } from "../../i18n/en";
import { openConsole } from "../../test/console";
import { sections } from "./section";

describe("the settings", () => {
  it("open at the first section", async () => {
    const { address } = openConsole("/settings");
    await waitFor(() => expect(address()).toBe("/console/settings/shop"));
    expect(await screen.findByRole("link", { name: en.settings.shop, current: "page" })).toBeTruthy();
  });

  it("have an address for each section", async () => {
    const { user, address } = openConsole("/settings/shop");
    await user.click(await screen.findByRole("link", { name: en.settings.you }));
    expect(await screen.findByRole("heading", { name: en.settings.sessions })).toBeTruthy();
    expect(address()).toBe("/console/settings/you");
  });

  it("say of an unknown section that there is none", async () => {
    openConsole("/settings/nowhere");
    expect(await screen.findByRole("heading", { name: en.problem.pageMissing })).toBeTruthy();
  });

  it("name each section once", () => {
    const names = sections.map((one) => one.name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(sections.map((one) => one.label(en))).size).toBe(names.length);
  });
});
