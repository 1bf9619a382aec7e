import { Code, Modal, Stack, Text } from "@mantine/core";
import { useText } from "../i18n/language";
import { Copy } from "./copy";
import css from "./part.module.css";

/** LinkShown shows a one-time link to copy; it is not shown again. */
export function LinkShown(props: { title: string; body: string; link?: string; onClose: () => void }) {
  const t = useText();
  return (
    <Modal
      opened={props.link !== undefined}
      onClose={props.onClose}
      title={props.title}
      centered
      closeButtonProps={{ "aria-label": t.app.close }}
    >
      <Stack>
        <Text size="sm">{props.body}</Text>
        <Code block className={css.wrap} aria-label={t.people.link}>
          {props.link}
        </Code>
        <Copy text={props.link ?? ""} />
      </Stack>
    </Modal>
  );
}
