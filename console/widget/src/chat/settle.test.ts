import { expect, it, vi } from "vitest";
import { world } from "../test/world";
import { Refusal } from "./refusal";
import { settle } from "./settle";

const silent = { begin() {}, offline() {}, wait() {} };
const refuse = (...refusals: (Refusal | undefined)[]) =>
  vi.fn(async () => {
    const r = refusals.length > 1 ? refusals.shift() : refusals[0];
    if (r) throw r;
  });

it("doubles its pauses and gives up in the end", async () => {
  const w = world();
  const attempt = refuse(new Refusal("unreachable"));
  expect(await settle(attempt, silent, w)).toMatchObject({ code: "unreachable" });
  expect(w.slept).toEqual([500, 1000, 2000, 4000, 8000]);
  expect(attempt).toHaveBeenCalledTimes(6);
});

it("keeps the pause that the server names, and says so when it is about room", async () => {
  const w = world();
  const wait = vi.fn();
  const attempt = refuse(
    new Refusal("resource_exhausted", "rate_limited", 7000),
    new Refusal("unavailable", "storage_unavailable", 2000),
    undefined,
  );
  expect(await settle(attempt, { ...silent, wait }, w)).toBeUndefined();
  expect(w.slept).toEqual([7000, 2000]);
  expect(wait.mock.calls).toEqual([[7000], [0]]);
});

it.each(["unauthenticated", "permission_denied", "not_found", "invalid_argument"])(
  "does not repeat after %s",
  async (code) => {
    const attempt = refuse(new Refusal(code));
    expect(await settle(attempt, silent, world())).toMatchObject({ code });
    expect(attempt).toHaveBeenCalledTimes(1);
  },
);

it("waits for the network without using up attempts", async () => {
  const w = world();
  w.connected = false;
  let n = 0;
  const offline = vi.fn();
  const refusal = await settle(
    async () => {
      if (++n < 20) {
        w.connected = false;
        throw new Refusal("unreachable");
      }
    },
    { ...silent, offline },
    w,
  );
  expect(refusal).toBeUndefined();
  expect(offline).toHaveBeenCalledTimes(20);
  expect(w.slept).toEqual([]);
});
