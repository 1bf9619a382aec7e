import { Alert, Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useCreateCheck } from "../../api/learning";
import { fieldErrors, problemText } from "../../api/problem";
import { useText } from "../../i18n/language";
import { Icon } from "../../part/icon";
import { useNotice } from "../../part/notice";
import { AnswerPick, type Picked } from "../../part/pick";

const fields = { question: "question", entry_id: "entry" };

/** AddCheck saves a question with its right entry. */
export function AddCheck({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useText();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t.checks.add}
      closeButtonProps={{ "aria-label": t.app.close }}
    >
      {opened && <Form onClose={onClose} />}
    </Modal>
  );
}

function Form({ onClose }: { onClose: () => void }) {
  const t = useText();
  const notice = useNotice();
  const create = useCreateCheck();
  const [picked, setPicked] = useState<Picked>();
  const form = useForm({ initialValues: { question: "", entry: "" } });
  const submit = form.onSubmit(({ question }) =>
    create.mutate(
      {
        question: question.trim(),
        ...(picked?.product ? { productId: picked.id } : { entryId: picked?.id ?? "" }),
      },
      {
        onSuccess: () => {
          notice.done(t.checks.created);
          onClose();
        },
        onError: (error) => form.setErrors(fieldErrors(error, fields, t)),
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {create.error && Object.keys(fieldErrors(create.error, fields, t)).length === 0 && (
          <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
            {problemText(create.error, t)}
          </Alert>
        )}
        <Textarea
          label={t.checks.question}
          description={t.checks.questionHint}
          autosize
          data-autofocus
          {...form.getInputProps("question")}
        />
        <AnswerPick label={t.checks.expected} picked={picked} onPick={setPicked} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} visibleFrom="xs">
            {t.act.cancel}
          </Button>
          <Button
            type="submit"
            variant="light"
            disabled={picked !== undefined}
            loading={create.isPending && !picked}
          >
            {t.checks.none}
          </Button>
          <Button
            type="submit"
            disabled={picked === undefined}
            loading={create.isPending && picked !== undefined}
          >
            {t.act.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
