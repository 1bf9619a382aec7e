import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import type { FormEventHandler, ReactNode } from "react";
import { useText } from "../../i18n/language";

/** Reasoned is a dialog that asks for the reason that goes into the audit, and for what else its children ask. */
export function Reasoned(props: {
  title: string;
  /** What the field of the reason is bound with. */
  reason: object;
  action: string;
  color?: string;
  busy: boolean;
  /** Stands under the fields: why it was refused. */
  refused?: ReactNode;
  onSubmit: FormEventHandler<HTMLFormElement>;
  onClose: () => void;
  children?: ReactNode;
}) {
  const t = useText();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      centered
      closeButtonProps={{ "aria-label": t.app.close }}
    >
      <form onSubmit={props.onSubmit} noValidate>
        <Stack>
          {props.children}
          <Textarea
            label={t.platform.reason}
            description={t.platform.reasonHint}
            data-autofocus
            autosize
            minRows={2}
            {...props.reason}
          />
          {props.refused}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {t.act.cancel}
            </Button>
            <Button type="submit" color={props.color} loading={props.busy}>
              {props.action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
