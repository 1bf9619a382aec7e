import { Alert, Button, Drawer, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useEntries } from "../../api/knowledge";
import { useApproveGap, useDraft, useGap } from "../../api/learning";
import type { GetGapResponse } from "../../gen/storebot/v1/learning_pb";
import { useText } from "../../i18n/language";
import { useLeaving } from "../../part/discard";
import { Failed } from "../../part/empty";
import { May, useMay } from "../../part/may";
import { useNotice } from "../../part/notice";
import part from "../../part/part.module.css";
import css from "./gaps.module.css";
import { Questions } from "./question";

const EntryForm = lazy(() => import("../../part/entryform").then((file) => ({ default: file.EntryForm })));

/** GapDrawer shows what a gap is made of and turns it into an entry, beside the list. */
export function GapDrawer(props: { id?: string; onClose: () => void }) {
  const t = useText();
  const leaving = useLeaving(props.onClose);
  const may = useMay();
  return (
    <Drawer
      opened={props.id !== undefined}
      onClose={leaving.close}
      position="right"
      size="lg"
      title={may ? t.gaps.one.title : t.gaps.one.asked}
      closeButtonProps={{ "aria-label": t.app.close }}
    >
      {props.id !== undefined && (
        <OneGap
          key={props.id}
          id={props.id}
          dirty={leaving.dirty}
          onDirty={leaving.hold}
          onClose={leaving.close}
          onDone={() => {
            leaving.hold(false);
            props.onClose();
          }}
        />
      )}
      {leaving.dialog}
    </Drawer>
  );
}

type OneProps = {
  id: string;
  dirty: boolean;
  onDirty: (dirty: boolean) => void;
  onClose: () => void;
  onDone: () => void;
};

function OneGap(props: OneProps) {
  const t = useText();
  const notice = useNotice();
  const found = useGap(props.id);
  const approve = useApproveGap();
  const categories = useEntries({}, 1).data?.categories ?? [];
  const [start, setStart] = useState("");
  const may = useMay();
  if (found.isLoadingError) return <Failed error={found.error} onRetry={found.refetch} />;
  if (!found.data?.gap) return <Skeleton height={480} />;
  const { gap, phrasings } = found.data;
  return (
    <Stack gap="lg">
      <Questions questions={found.data.questions} />
      <Nearest found={found.data} approve={approve} onDone={props.onDone} />
      {may && (
        <section>
          <Title order={3} size="h4" mb="xs">
            {t.gaps.one.writing}
          </Title>
          <Draft gap={props.id} usable={!props.dirty && start === ""} onUse={setStart} />
          <Suspense fallback={<Skeleton height={480} />}>
            <EntryForm
              key={start}
              question={gap.question}
              answer={start}
              phrasings={phrasings.filter((text) => text !== gap.question)}
              language={gap.language}
              categories={categories}
              store={(content) =>
                approve.mutateAsync({ gapId: props.id, content }).then((made) => made.entry)
              }
              onDirty={props.onDirty}
              onClose={props.onClose}
              onSaved={() => {
                notice.done(t.gaps.one.approved);
                props.onDone();
              }}
            />
          </Suspense>
        </section>
      )}
    </Stack>
  );
}

/** Nearest offers the entries found for the gap: perhaps one of them lacks nothing but this way of asking. */
function Nearest(props: {
  found: GetGapResponse;
  approve: ReturnType<typeof useApproveGap>;
  onDone: () => void;
}) {
  const t = useText();
  const notice = useNotice();
  const { approve } = props;
  if (props.found.nearest.length === 0) return null;
  return (
    <section>
      <Title order={3} size="h4" mb="xs">
        {t.gaps.one.nearest}
      </Title>
      <ul className={css.inner}>
        {props.found.nearest.slice(0, 3).map((match) => (
          <li key={match.entryId}>
            <Text size="sm" fw={550}>
              {match.question}
            </Text>
            <Text size="sm" c="dimmed" className={part.clamp}>
              {match.answer}
            </Text>
            <May>
              <Button
                size="compact-sm"
                variant="default"
                mt={6}
                loading={approve.isPending && approve.variables?.entryId === match.entryId}
                disabled={approve.isPending}
                onClick={() =>
                  // Not mutate's own callbacks: the gap may be gone from the page before they are called.
                  approve.mutateAsync({ gapId: props.found.gap?.id, entryId: match.entryId }).then(() => {
                    notice.done(t.gaps.one.used);
                    props.onDone();
                  }, notice.failed)
                }
              >
                {t.gaps.one.useEntry}
              </Button>
            </May>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Draft shows an answer's beginning and what it was taken from; it is the merchant who takes it. */
function Draft(props: { gap: string; usable: boolean; onUse: (text: string) => void }) {
  const t = useText();
  const draft = useDraft(props.gap);
  if (draft.isError) return null; // the answer can be written without it
  if (!draft.data)
    return (
      <Text size="sm" c="dimmed" mb="sm" aria-live="polite">
        {t.gaps.one.drafting}
      </Text>
    );
  const { answer, composed, sources } = draft.data;
  if (answer === "")
    return (
      <Text size="sm" c="dimmed" mb="sm">
        {t.gaps.one.noDraft}
      </Text>
    );
  return (
    <Alert variant="light" color="gray" title={t.gaps.one.draft} mb="md">
      <Text size="sm" c="dimmed">
        {composed ? t.gaps.one.draftComposed : t.gaps.one.draftNearest(sources[0]?.question ?? "")}
      </Text>
      <Text size="sm" mt={6} className={part.answer}>
        {answer}
      </Text>
      {props.usable && (
        <Group mt="xs">
          <Button size="compact-sm" variant="default" onClick={() => props.onUse(answer)}>
            {t.gaps.one.useDraft}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
