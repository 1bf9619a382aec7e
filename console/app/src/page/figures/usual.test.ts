import { describe, expect, it } from "vitest";
import { usualHours } from "./usual";

const day = (weekday: number, opens: number, closes: number) => ({ weekday, opens, closes });

describe("usual hours", () => {
  it("are those of most days, over the pauses within a day", () => {
    const week = [
      day(1, 540, 720),
      day(1, 780, 1080),
      day(2, 540, 1080),
      day(3, 600, 1080),
      day(6, 600, 840),
      day(0, 540, 840),
    ];
    expect(usualHours(week)).toEqual({ opens: 9, closes: 18 });
  });

  it("count a part of an hour as one in which nobody is there", () => {
    expect(usualHours([day(1, 570, 1110)])).toEqual({ opens: 10, closes: 19 });
  });

  it("end at midnight, or are not known", () => {
    expect(usualHours([day(1, 0, 1440)])).toEqual({ opens: 0, closes: 0 });
    expect(usualHours([])).toEqual({ opens: undefined, closes: undefined });
  });
});
