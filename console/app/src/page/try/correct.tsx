import { Alert, Button, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useCorrectAnswer, useCorrectToProduct, useCreateCheck } from "../../api/learning";
import { problemText } from "../../api/problem";
import { type Check, CheckOutcome } from "../../gen/storebot/v1/learning_pb";
import { useText } from "../../i18n/language";
import { outcomes } from "../../part/broken";
import { Icon } from "../../part/icon";
import { useNotice } from "../../part/notice";
import { AnswerPick, type Picked } from "../../part/pick";
import type { Turn } from "./turn";

type Props = {
  turn?: Turn;
  onClose: () => void;
  onLearnt: (turn: Turn) => void;
  onWrite: (turn: Turn) => void;
};

/** Correct says which entry or product a question should have been answered with: it is learnt, and becomes a check. */
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
  const correctToProduct = useCorrectToProduct();
  const silence = useCreateCheck();
  const [picked, setPicked] = useState<Picked>();
  const question = turn.question;
  // What is learnt may still not be what is answered: the check has been asked, and is told as it came out.
  const then = {
    onSuccess: ({ check }: { check?: Check }) => {
      const outcome = check?.result?.outcome;
      if (outcome === undefined) notice.done(t.try.correct.kept);
      else if (outcome === CheckOutcome.RIGHT) notice.done(t.try.correct.learnt);
      else notice.done(t.try.correct.fails(t.checks.outcome[outcomes[outcome]]));
      onLearnt(turn);
    },
  };
  const error = correct.error ?? correctToProduct.error ?? silence.error;
  const save = ({ id, product }: Picked) =>
    product
      ? correctToProduct.mutate({ question, productId: id }, then)
      : correct.mutate({ question, entryId: id }, then);
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
      <AnswerPick label={t.try.correct.search} picked={picked} onPick={setPicked} />
      <Button
        disabled={!picked}
        loading={correct.isPending || correctToProduct.isPending}
        onClick={() => picked && save(picked)}
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
