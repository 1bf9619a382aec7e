import type { GetHoursResponse } from "../../gen/storebot/v1/inbox_pb";
import type { Stretch } from "./week";

const lines = (text: string) => text.split(/\s+/).filter(Boolean);

export type HoursValues = ReturnType<typeof valuesOf>;

/** valuesOf is what the fields hold; a shop without hours has the minutes that it would have. */
export function valuesOf({ hours }: GetHoursResponse) {
  return {
    openings: (hours?.openings ?? []).map(
      ({ weekday, opens, closes }): Stretch => ({ weekday, opens, closes }),
    ),
    closedOn: (hours?.closedOn ?? []).join("\n"),
    awayText: hours?.awayText ?? "",
    consentText: hours?.consentText ?? "",
    within: hours?.replyWithinMinutes ?? 15,
    notify: (hours?.notify ?? []).join("\n"),
  };
}

/** hoursOf is what the fields say. */
export const hoursOf = (values: Omit<HoursValues, "within"> & { within: number | string }) => ({
  openings: values.openings,
  closedOn: lines(values.closedOn),
  awayText: values.awayText,
  consentText: values.consentText,
  replyWithinMinutes: Number(values.within) || 0,
  notify: lines(values.notify),
});
