import { Alert, Text } from "@mantine/core";
import {
  type ChangedCheck,
  CheckOutcome,
  CheckSource,
  type PreviewChangeResponse,
} from "../gen/storebot/v1/learning_pb";
import { useFormat, useText } from "../i18n/language";
import { Icon } from "./icon";
import part from "./part.module.css";

export const outcomes = {
  [CheckOutcome.UNSPECIFIED]: "missed",
  [CheckOutcome.WRONG]: "wrong",
  [CheckOutcome.MISSED]: "missed",
  [CheckOutcome.OFFERED]: "offered",
  [CheckOutcome.RIGHT]: "right",
} as const;

const shown = 3;

/** Broken says which answers a change would break, and how. */
export function Broken({ report }: { report: PreviewChangeResponse }) {
  const t = useText();
  const words = t.checks.preview;
  const { broken, mended } = report;
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      icon={<Icon name="alert" />}
      title={words.title(broken.length)}
    >
      <Text size="sm">{words.body}</Text>
      <ul className={part.plain}>
        {broken.slice(0, shown).map((one) => (
          <One key={one.check?.id} one={one} />
        ))}
      </ul>
      {broken.length > shown && <Text size="sm">{words.more(broken.length - shown)}</Text>}
      {mended.length > 0 && <Text size="sm">{words.mends(mended.length)}</Text>}
    </Alert>
  );
}

function One({ one }: { one: ChangedCheck }) {
  const t = useText();
  const format = useFormat();
  const before = one.check?.result?.outcome ?? CheckOutcome.UNSPECIFIED;
  const after = one.after;
  const found = after && (after.foundProduct || after.foundQuestion);
  return (
    <li>
      <Text size="sm" fw={550}>
        {one.check?.question}
      </Text>
      <Text size="sm">
        {t.checks.preview.becomes(
          t.checks.outcome[outcomes[before]],
          t.checks.outcome[outcomes[after?.outcome ?? CheckOutcome.UNSPECIFIED]],
        )}
        {after && found && ` · ${t.checks.found(found, format.percent(after.confidence))}`}
      </Text>
      {one.check?.source === CheckSource.HELPFUL && <Text size="xs">{t.checks.preview.helped}</Text>}
    </li>
  );
}
