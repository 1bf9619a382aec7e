import { expect, it } from "vitest";
import { pieces } from "./link";

const hrefs = (text: string, allowed = (_: string) => true) =>
  pieces(text, "shop.example", allowed).flatMap((p) => p.href ?? []);

it("links the shop's own addresses and nothing else", () => {
  expect(hrefs("See https://shop.example/a?b=1#c.")).toEqual(["https://shop.example/a?b=1#c"]);
  expect(hrefs("請看 https://shop.example/運費，謝謝")).toEqual(["https://shop.example/"]);
  for (const text of [
    "https://evil.example/",
    "https://shop.example.evil.example/",
    "https://shop.example@evil.example/",
    "https://evil.example@shop.example/",
    "https://shop.example:444/",
    "https://evil.example/https://shop.example",
    "javascript:alert(1)//https:",
    "data:text/html,x",
    "//shop.example/",
    "https://",
  ]) {
    expect(hrefs(text), text).toEqual([]);
  }
});

it("links only what is allowed by its exact address", () => {
  expect(hrefs("https://shop.example/?q=secret", (a) => a === "https://shop.example/")).toEqual([]);
});

it("keeps every character of the text", () => {
  for (const text of ["", "a https://shop.example/x b https://shop.example/y", "https://shop.example/..."]) {
    expect(
      pieces(text, "shop.example", () => true)
        .map((p) => p.text)
        .join(""),
    ).toBe(text);
  }
});
