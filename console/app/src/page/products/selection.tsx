import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { useText } from "../../i18n/language";
import { Icon } from "../../part/icon";
import { May } from "../../part/may";
import list from "../knowledge/knowledge.module.css";
import { Deleting } from "./deleting";

/** Selection says how many products are selected, and deletes them. */
export function Selection(props: { selected: string[]; total?: number; onDone: () => void }) {
  const t = useText();
  const [asking, setAsking] = useState(false);
  const { selected, total } = props;
  return (
    <div className={list.bar}>
      <Text size="sm" c="dimmed" role="status">
        {selected.length > 0
          ? t.products.selected(selected.length)
          : total !== undefined && t.products.total(total)}
      </Text>
      {selected.length > 0 && (
        <May>
          <Button
            size="compact-sm"
            variant="light"
            color="red"
            leftSection={<Icon name="trash" size={16} />}
            onClick={() => setAsking(true)}
          >
            {t.act.delete}
          </Button>
        </May>
      )}
      <Deleting ids={selected} opened={asking} onClose={() => setAsking(false)} onDone={props.onDone} />
    </div>
  );
}
