import { Alert, Button, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useCorrectAnswer, useCreateCheck } from "../../api/learning";
import { problemText } from "../../api/problem";
import { useText } from "../../i18n/language";
import { Icon } from "../../part/icon";
import { useNotice } from "../../part/notice";
import { EntryPick, type Picked } from "../../part/pick";
import type { Turn } from "./turn";

type Props = {
  turn?: Turn;
  onClose: () => void;
  onLearnt: (turn: Turn) => void;
  onWrite: (turn: Turn) => void;
};

/** Correct says what a question should have been answered with: it is learnt, and becomes a check. */
export function Correct(props: Props) {
  const t = useText();
  return (
    <Modal
      opened={props.turn !== undefined}
      onClose={props.onClose}
      title={t.try.correct.title}
      closeButtonProps={{ "aria-label": t.app.close }}
    >
      {props.turn && <Choice {...props} turn={props.turn} />}
    </Modal>
  );
}

function Choice({ turn, onLearnt, onWrite }: Props & { turn: Turn }) {
  const t = useText();
  const notice = useNotice();
  const correct = useCorrectAnswer();
  const silence = useCreateCheck();
  const [picked, setPicked] = useState<Picked>();
  const question = turn.question;
  const then = {
    onSuccess: () => {
      notice.done(t.try.correct.learnt);
      onLearnt(turn);
    },
  };
  const error = correct.error ?? silence.error;
  return (
    <Stack>
      <Text size="sm" fw={550}>
        {turn.question}
      </Text>
      <Text size="sm" c="dimmed">
        {t.try.correct.lead}
      </Text>
      {error && (
        <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
          {problemText(error, t)}
        </Alert>
      )}
      <EntryPick label={t.try.correct.search} picked={picked} onPick={setPicked} />
      <Button
        disabled={!picked}
        loading={correct.isPending}
        onClick={() => picked && correct.mutate({ question, entryId: picked.id }, then)}
      >
        {t.act.save}
      </Button>
      <Button variant="default" onClick={() => onWrite(turn)}>
        {t.try.correct.nothing}
      </Button>
      <Button
        variant="subtle"
        color="gray"
        loading={silence.isPending}
        onClick={() => silence.mutate({ question, entryId: "" }, then)}
      >
        {t.try.correct.silent}
      </Button>
    </Stack>
  );
}
