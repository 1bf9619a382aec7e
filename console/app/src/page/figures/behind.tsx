import { durationFromMs } from "@bufbuild/protobuf/wkt";
import { Pill } from "@mantine/core";
import type { LedgerFilter } from "../../api/insight";
import { lookUp } from "../../api/problem";
import { useFormat, useText } from "../../i18n/language";
import { TextLink } from "../../part/link";
import type { BehindSearch, FiguresSearch } from "../../search";
import css from "./figures.module.css";

// What lies behind a figure: the conversations that it counts, as the ledger's filter in the address.

/** withoutStaff are the outcomes with which the bot dealt alone. */
export const withoutStaff = "confirmed,untouched,returned";

/** forStaff are those that it left to people. */
export const forStaff = "handed_off,failed_hand_off,not_helpful,abstained";

/** aboutTheShop are all but small talk: those that a plan is made of. */
export const aboutTheShop = `${forStaff},confirmed,returned,untouched`;

/** hourOfWeek is what began in one hour of the week, by the shop's clock. */
export const hourOfWeek = (one: { weekday: number; hour: number }): BehindSearch => ({
  weekday: one.weekday,
  after: one.hour,
  before: (one.hour + 1) % 24,
});

const none: { [key in keyof Required<BehindSearch>]: undefined } = {
  outcome: undefined,
  reason: undefined,
  met: undefined,
  replied: undefined,
  heard: undefined,
  rating: undefined,
  lasting: undefined,
  decision: undefined,
  source: undefined,
  slower: undefined,
  upto: undefined,
  off: undefined,
  day: undefined,
  weekday: undefined,
  after: undefined,
  before: undefined,
};

/** noFilter takes every filter out of the address. */
export const noFilter: BehindSearch = none;

export function isFiltered(search: FiguresSearch): boolean {
  return Object.keys(none).some((key) => search[key as keyof BehindSearch] !== undefined);
}

/** toFilter is what the server is asked for. */
export function toFilter(search: BehindSearch): LedgerFilter {
  return {
    outcomes: words(search.outcome),
    reasons: words(search.reason),
    met: search.met ?? false,
    replied: search.replied ?? false,
    heard: search.heard ?? "",
    rating: search.rating ?? "",
    lasting: search.lasting,
    decision: search.decision ?? "",
    entryId: search.source ?? "",
    waited:
      search.slower === undefined && search.upto === undefined
        ? undefined
        : {
            after: durationFromMs(search.slower ?? 0),
            upTo: search.upto === undefined ? undefined : durationFromMs(search.upto),
          },
    offHours: search.off ?? false,
    day: search.day ?? "",
    weekday: search.weekday ?? 0,
    hours:
      search.after === undefined && search.before === undefined
        ? undefined
        : { from: search.after ?? 0, until: search.before ?? 0 },
  };
}

export function words(list: string | undefined): string[] {
  return list?.split(",").filter((word) => word !== "") ?? [];
}

/** BehindNumber is a number of a figure that opens the conversations that it comes from: more than one thing can be counted in one. */
export function BehindNumber(props: {
  n: number;
  of: string;
  behind: BehindSearch;
  children: string;
  className?: string;
}) {
  const t = useText();
  if (props.n === 0) return props.children;
  return (
    <TextLink
      from="/figures"
      to="/figures"
      search={(old: FiguresSearch) => ({ ...old, ...none, ...props.behind, tab: "savings" as const })}
      size={props.className ? undefined : "sm"}
      className={props.className}
      aria-label={`${props.children} ${props.of}: ${t.home.ledger}`}
    >
      {props.children}
    </TextLink>
  );
}

/** BehindLink opens the conversations that a figure counts, in its period; there is none to nothing. */
export function BehindLink(props: { n: number; behind: BehindSearch; children?: string }) {
  const t = useText();
  if (props.n === 0) return null;
  return (
    <TextLink
      from="/figures"
      to="/figures"
      search={(old: FiguresSearch) => ({ ...old, ...none, ...props.behind, tab: "savings" as const })}
      size="sm"
    >
      {props.children ?? t.figures.open(props.n)}
    </TextLink>
  );
}

/** Filters are what the list is narrowed to beyond the outcomes, each to be taken away. */
export function Filters(props: { search: FiguresSearch; set: (change: FiguresSearch) => void }) {
  const t = useText();
  const format = useFormat();
  const { search, set } = props;
  const is = t.figures.only;
  const shown: [string, BehindSearch][] = [];
  for (const reason of words(search.reason)) {
    const rest = words(search.reason).filter((other) => other !== reason);
    shown.push([
      is.reason(lookUp(t.inbox.reason, reason) ?? reason),
      { reason: rest.join(",") || undefined },
    ]);
  }
  if (search.met) shown.push([is.met, { met: undefined }]);
  if (search.replied) shown.push([is.replied, { replied: undefined }]);
  if (search.heard) shown.push([t.figures.heard[search.heard], { heard: undefined }]);
  if (search.rating) shown.push([t.figures.rating[search.rating], { rating: undefined }]);
  if (search.lasting !== undefined)
    shown.push([search.lasting ? is.lasting : is.cameBack, { lasting: undefined }]);
  if (search.decision) shown.push([t.decision[search.decision], { decision: undefined }]);
  if (search.source) shown.push([is.entry, { source: undefined }]);
  if (search.slower !== undefined || search.upto !== undefined)
    shown.push([
      is.waited(
        format.waitMs(search.slower ?? 0),
        search.upto === undefined ? undefined : format.waitMs(search.upto),
      ),
      { slower: undefined, upto: undefined },
    ]);
  if (search.off) shown.push([t.figures.offHours, { off: undefined }]);
  if (search.weekday) shown.push([format.weekday(search.weekday), { weekday: undefined }]);
  if (search.day) shown.push([format.shortDay(search.day), { day: undefined }]);
  if (search.after !== undefined || search.before !== undefined)
    shown.push([
      is.hours(format.hour(search.after ?? 0), format.hour(search.before ?? 0)),
      { after: undefined, before: undefined },
    ]);
  if (shown.length === 0) return null;
  return (
    <ul className={css.filters} aria-label={is.label}>
      {shown.map(([name, without]) => (
        <li key={name}>
          <Pill
            size="md"
            withRemoveButton
            onRemove={() => set(without)}
            removeButtonProps={{
              "aria-label": t.figures.without(name),
              tabIndex: 0,
              "aria-hidden": undefined,
            }}
          >
            {name}
          </Pill>
        </li>
      ))}
    </ul>
  );
}
