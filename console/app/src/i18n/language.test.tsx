import { act, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { Catalogue, Language } from "./catalogue";
import { Speak, useSpoken } from "./language";

const comes = vi.hoisted(() => new Map<string, () => void>());
vi.mock("./catalogue", async (original) => ({
  ...(await original<object>()),
  loadCatalogue: (language: string) =>
    new Promise((come) => comes.set(language, () => come({ figure: {}, app: { name: language } }))),
}));

it("speaks the language that was chosen last, whichever texts come last", async () => {
  let choose: (language: Language) => void = () => {};
  const Shown = () => {
    const spoken = useSpoken();
    choose = spoken.choose;
    return <p>{`${spoken.language} ${spoken.t.app.name}`}</p>;
  };
  const texts = { figure: {}, app: { name: "en" } } as Catalogue;
  render(
    <Speak start="en" texts={texts}>
      <Shown />
    </Speak>,
  );
  choose("zh-Hans");
  choose("zh-Hant");
  await act(async () => comes.get("zh-Hant")?.());
  await act(async () => comes.get("zh-Hans")?.());
  expect(screen.getByText("zh-Hant zh-Hant")).toBeTruthy();
});
