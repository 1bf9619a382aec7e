import type { UseFormReturnType } from "@mantine/form";
import { useEffect, useState } from "react";

// What becomes of a form when what it edits is changed elsewhere: nothing that was typed
// is lost, and nothing that somebody else wrote is overwritten unseen.

type Values = Record<string, unknown>;

/** Version is what stands in an entry or a product, as its form holds it; etag is the server's name of it. */
export type Version<V extends Values> = { etag: string; values: V };

/** News is what came in under a form that has been changed, by its fields. */
export type News = {
  /** Both have changed these, each in another way: the form keeps its own until somebody chooses. */
  clash: string[];
  /** These were changed there alone, or are lists to which both added: the form has them now. */
  taken: string[];
};

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

/** together is a list with what either side added, and without what either took out. */
function together(mine: string[], base: string[], theirs: string[]): string[] {
  const kept = mine.filter((one) => !base.includes(one) || theirs.includes(one));
  return [...kept, ...theirs.filter((one) => !base.includes(one) && !mine.includes(one))];
}

/** merged takes into mine, which was begun as base, what theirs has otherwise than base. */
export function merged<V extends Values>(mine: V, base: V, theirs: V): News & { values: V } {
  const values: Values = { ...mine };
  const clash: string[] = [];
  const taken: string[] = [];
  for (const field of Object.keys(theirs)) {
    const [m, b, t] = [mine[field], base[field], theirs[field]];
    if (same(t, b) || same(t, m)) continue;
    if (same(m, b)) values[field] = t;
    else if (isTexts(m) && isTexts(b) && isTexts(t)) values[field] = together(m, b, t);
    else {
      clash.push(field);
      continue;
    }
    taken.push(field);
  }
  return { values: values as V, clash, taken };
}

/**
 * useMerging keeps a form on what is stored: a form that nobody has touched takes a new
 * version in, one that was changed takes what does not clash, and news says so. While
 * paused nothing is taken in: what is being saved comes back as a new version too.
 */
export function useMerging<V extends Values>(
  form: UseFormReturnType<V>,
  stored: Version<V> | undefined,
  paused: boolean,
) {
  // What the form is a change of: what it began with, or the latest that was taken in.
  const [base, setBase] = useState<Version<V>>(() => stored ?? { etag: "", values: form.getInitialValues() });
  const [news, setNews] = useState<News>();
  const next = paused || !stored || stored.etag === base.etag ? undefined : stored;

  useEffect(() => {
    if (!next) return;
    const { values, clash, taken } = merged(form.getValues(), base.values, next.values);
    form.setValues(values);
    setBase(next);
    // What clashed before and was not chosen yet still does.
    const left = (news?.clash ?? []).filter((field) => !same(values[field], next.values[field]));
    setNews(
      same(values, next.values)
        ? undefined
        : {
            clash: [...new Set([...left, ...clash])],
            taken: [...new Set([...(news?.taken ?? []), ...taken])],
          },
    );
  }, [next, base, news, form]);

  return {
    news,
    /** Of what the form is a change of; to be said when it is saved. */
    etag: base.etag,
    theirs: base.values,
    dirty: !same(form.values, base.values),
    /** Nothing of the form's own is left out; what was chosen is the form. */
    settle: () => setNews(undefined),
    take: () => {
      form.setValues(base.values);
      setNews(undefined);
    },
  };
}
