import { ActionIcon, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useText } from "../../i18n/language";
import { Icon } from "../../part/icon";
import css from "./week.module.css";

/** A Stretch is opening time within one day, in minutes since midnight; weekday 0 is Sunday. */
export type Stretch = { weekday: number; opens: number; closes: number };

// Monday first, as opening hours are read.
const days = [1, 2, 3, 4, 5, 6, 0];
const usual = { opens: 9 * 60, closes: 18 * 60 };

/** clock writes minutes as a time input wants them; midnight at the end of a day is 00:00 there. */
export const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** minutesOf reads a time input; undefined while it is not filled in. */
export function minutesOf(text: string): number | undefined {
  const found = /^(\d\d):(\d\d)/.exec(text);
  return found ? Number(found[1]) * 60 + Number(found[2]) : undefined;
}

/** Week edits the opening times of a week, any number of stretches a day. */
export function Week({ value, onChange }: { value: Stretch[]; onChange: (next: Stretch[]) => void }) {
  const t = useText();
  const change = (at: Stretch, next: Partial<Stretch>) =>
    onChange(value.map((one) => (one === at ? { ...one, ...next } : one)));
  const monday = value.filter((one) => one.weekday === 1);
  return (
    <Stack gap={0}>
      {days.map((day) => {
        const name = t.hours.days[day] ?? "";
        const list = value.filter((one) => one.weekday === day);
        return (
          <div key={day} className={css.day}>
            <Text fw={550} className={css.name}>
              {name}
            </Text>
            <Stack gap={6} className={css.times}>
              {list.length === 0 && (
                <Text size="sm" c="dimmed">
                  {t.hours.closed}
                </Text>
              )}
              {list.map((one, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no other name, and keep their order
                <Group key={at} gap={6} wrap="nowrap">
                  <TextInput
                    type="time"
                    size="sm"
                    aria-label={t.hours.from(name)}
                    value={clock(one.opens)}
                    onChange={(event) =>
                      change(one, { opens: minutesOf(event.currentTarget.value) ?? one.opens })
                    }
                  />
                  <span aria-hidden="true">–</span>
                  <TextInput
                    type="time"
                    size="sm"
                    aria-label={t.hours.until(name)}
                    value={clock(one.closes)}
                    onChange={(event) =>
                      change(one, { closes: (minutesOf(event.currentTarget.value) ?? one.closes) || 1440 })
                    }
                  />
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t.hours.remove(name, `${clock(one.opens)}–${clock(one.closes)}`)}
                    onClick={() => onChange(value.filter((other) => other !== one))}
                  >
                    <Icon name="close" size={16} />
                  </ActionIcon>
                </Group>
              ))}
            </Stack>
            <Button
              size="compact-sm"
              variant="subtle"
              aria-label={t.hours.addLabel(name)}
              onClick={() => {
                const last = list.at(-1);
                const opens = last ? Math.min(last.closes + 60, 1380) : usual.opens;
                onChange([...value, { weekday: day, opens, closes: last ? 1440 : usual.closes }]);
              }}
            >
              {t.hours.add}
            </Button>
          </div>
        );
      })}
      {monday.length > 0 && (
        <Button
          mt="sm"
          size="compact-sm"
          variant="default"
          w="fit-content"
          onClick={() =>
            onChange([
              ...value.filter((one) => one.weekday === 0 || one.weekday === 6),
              ...[1, 2, 3, 4, 5].flatMap((weekday) => monday.map((one) => ({ ...one, weekday }))),
            ])
          }
        >
          {t.hours.copy}
        </Button>
      )}
    </Stack>
  );
}
