import { expect, it } from "vitest";
import { pieces } from "./link";

const shop = ["https://shop.example", "http://localhost:8080"];
const hrefs = (text: string, allowed = (_: string) => true) =>
  pieces(text, shop, allowed).flatMap((p) => p.href ?? []);
const copies = (text: string) =>
  pieces(text, shop, () => true)
    .filter((p) => p.copy)
    .map((p) => p.text);

it("links the shop's own addresses and nothing else", () => {
  expect(hrefs("See https://shop.example/a?b=1#c.")).toEqual(["https://shop.example/a?b=1#c"]);
  expect(hrefs("請看 https://shop.example/運費，謝謝")).toEqual(["https://shop.example/"]);
  expect(hrefs("http://localhost:8080/x")).toEqual(["http://localhost:8080/x"]);
  for (const text of [
    "https://evil.example/",
    "http://shop.example/",
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

it("offers numbers of orders, parcels and telephones to copy, and no prices, dates or sizes", () => {
  expect(copies("Order HP-20240511-0042 left today, parcel 8801234567.")).toEqual([
    "HP-20240511-0042",
    "8801234567",
  ]);
  expect(copies("請撥 02-2345-6789，訂單 TW1234567890")).toEqual(["02-2345-6789", "TW1234567890"]);
  for (const text of [
    "NT$1,200",
    "12,345,678",
    "14-day returns",
    "2 years",
    "$1234567",
    "3.1415926",
    "A4",
    "99",
  ]) {
    expect(copies(text), text).toEqual([]);
  }
});

it("keeps every character of the text", () => {
  for (const text of [
    "",
    "a https://shop.example/x b AB-123456, c",
    "https://shop.example/...",
    "HP-20240511-0042",
  ]) {
    expect(
      pieces(text, shop, () => true)
        .map((p) => p.text)
        .join(""),
    ).toBe(text);
  }
});
