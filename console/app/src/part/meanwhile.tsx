import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { Alert, Button, Group, Text } from "@mantine/core";
import { type RefObject, useState } from "react";
import { useMe } from "../api/account";
import { useFormat, useText } from "../i18n/language";
import history from "./history.module.css";
import { Icon } from "./icon";
import css from "./meanwhile.module.css";
import type { News } from "./merging";

type Subject = "entry" | "product";

/** Latest is the newest version of what is edited: who wrote it and when. */
type Latest = { by: string; writtenAt?: Timestamp };

/** Meanwhile says that what is edited was changed elsewhere, by whom and when, and lets the reader choose. */
export function Meanwhile(props: {
  of: Subject;
  news: News;
  /** Who it was; while that is asked nothing is said yet. */
  past: { data?: { revisions: Latest[] }; isPending: boolean };
  /** What stands there now in a field, and what the field is called. */
  told: (field: string) => [label: string, text: string];
  /** Gets the focus when a choice has to be made first. */
  place: RefObject<HTMLDivElement | null>;
  busy: boolean;
  onOver: () => void;
  onTake: () => void;
  onDone: () => void;
}) {
  const t = useText();
  const format = useFormat();
  const words = t.meanwhile;
  const email = useMe()?.email;
  const [seen, setSeen] = useState(false);
  const { clash, taken } = props.news;
  const latest = props.past.data?.revisions[0];
  if (props.past.isPending) return null;
  const names = (fields: string[]) => format.list(fields.map((field) => props.told(field)[0]));
  const who = !latest
    ? words[props.of].changed
    : latest.by === email
      ? words[props.of].byYou(format.ago(latest.writtenAt))
      : words[props.of].by(latest.by || t.history.byProgram, format.ago(latest.writtenAt));
  const shown = [...clash, ...taken];
  return (
    <>
      <Alert
        ref={props.place}
        className={css.notice}
        color="amber"
        variant="light"
        icon={<Icon name="alert" />}
        role="alert"
        tabIndex={-1}
      >
        <Text size="sm" fw={550}>
          {who}
        </Text>
        <Text size="sm">
          {format.sentences(
            clash.length > 0 && words.clash(names(clash)),
            taken.length > 0 && words.taken(names(taken)),
          )}
        </Text>
        <Group gap="xs" mt="xs">
          {shown.length > 0 && (
            <Button size="compact-sm" variant="default" aria-expanded={seen} onClick={() => setSeen(!seen)}>
              {seen ? words.hide : words.see}
            </Button>
          )}
          {clash.length > 0 ? (
            <>
              <Button size="compact-sm" variant="default" loading={props.busy} onClick={props.onOver}>
                {words.over}
              </Button>
              <Button size="compact-sm" variant="default" disabled={props.busy} onClick={props.onTake}>
                {words.take}
              </Button>
            </>
          ) : (
            <Button size="compact-sm" variant="default" onClick={props.onDone}>
              {words.seen}
            </Button>
          )}
        </Group>
      </Alert>
      {seen && (
        <section aria-label={words.see} ref={intoSight}>
          <dl className={history.changes}>
            {shown.map((field) => {
              const [label, text] = props.told(field);
              return (
                <div key={field}>
                  <dt>{label}</dt>
                  <dd>
                    {text === "" ? (
                      <Text size="sm" c="dimmed">
                        {words.empty}
                      </Text>
                    ) : (
                      <ins>{text}</ins>
                    )}
                  </dd>
                </div>
              );
            })}
          </dl>
        </section>
      )}
    </>
  );
}

/** intoSight scrolls to what they wrote, clear of the notice above it: the reader may be at the form's other end. */
function intoSight(one: HTMLElement | null) {
  one?.scrollIntoView?.({ block: "center" });
}

/** Gone says that what is edited was deleted elsewhere; what was written can be kept as a new one. */
export function Gone({ of }: { of: Subject }) {
  const t = useText();
  return (
    <Alert className={css.notice} color="amber" variant="light" icon={<Icon name="alert" />} role="alert">
      {t.meanwhile[of].deleted}
    </Alert>
  );
}
