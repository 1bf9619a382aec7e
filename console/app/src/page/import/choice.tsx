import { SegmentedControl } from "@mantine/core";
import { OnChange } from "../../gen/storebot/v1/knowledge_pb";
import { useText } from "../../i18n/language";

/** Choice says for one row what becomes of it; all others do what the import says. */
export function Choice(props: {
  row: number;
  value: OnChange;
  /** Whether the row may also become one of its own. */
  add?: boolean;
  busy: boolean;
  onChoice: (choice: OnChange) => void;
}) {
  const t = useText();
  const { overwrite, skip, add } = t.import.choices;
  return (
    <SegmentedControl
      size="xs"
      aria-label={t.import.choiceOf(props.row)}
      disabled={props.busy}
      value={String(props.value)}
      data={[
        { value: String(OnChange.OVERWRITE), label: overwrite },
        { value: String(OnChange.SKIP), label: skip },
        ...(props.add ? [{ value: String(OnChange.ADD), label: add }] : []),
      ]}
      onChange={(value) => props.onChoice(Number(value))}
    />
  );
}
