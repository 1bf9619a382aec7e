import { Autocomplete, Button, Group, Menu, Modal, Stack, Text } from "@mantine/core";
import { useRef, useState } from "react";
import { useDeleteEntries, useEditEntries } from "../../api/entry";
import { usePreview } from "../../api/learning";
import { type EntryFilter, EntryState } from "../../gen/storebot/v1/knowledge_pb";
import type { PreviewChangeResponse } from "../../gen/storebot/v1/learning_pb";
import { useText } from "../../i18n/language";
import { Broken } from "../../part/broken";
import { Confirm } from "../../part/confirm";
import { Icon } from "../../part/icon";
import { May } from "../../part/may";
import { useNotice } from "../../part/notice";
import { useUndo } from "../../part/undo";
import css from "./knowledge.module.css";

/** What is selected: entries of this page, or all that fit the filter. */
export type Selected = { ids: string[]; all: boolean };

export const nothing: Selected = { ids: [], all: false };

/** What decides whether shoppers are given an entry. */
type Shown = "publish" | "unpublish";

const states = { publish: EntryState.PUBLISHED, unpublish: EntryState.DRAFT };
const done = { publish: "published", unpublish: "unpublished" } as const;

/** Selection says how many are selected, and does with them what can be done with many. */
export function Selection(props: {
  selected: Selected;
  filter: Omit<EntryFilter, "$typeName">;
  shown: number;
  total?: number;
  categories: string[];
  onChange: (selected: Selected) => void;
}) {
  const t = useText();
  const notice = useNotice();
  const undo = useUndo();
  const [asking, setAsking] = useState<"delete" | "category" | Shown>();
  const [report, setReport] = useState<PreviewChangeResponse>();
  const [foreseeing, setForeseeing] = useState(false);
  // Which question the report on the way is an answer to: a slow one must not stand over a later selection.
  const foreseen = useRef(0);
  const preview = usePreview();
  const deleteEntries = useDeleteEntries();
  const editEntries = useEditEntries();
  const { selected, total = 0 } = props;
  const n = selected.all ? total : selected.ids.length;
  const which = selected.all ? { filter: props.filter } : { ids: selected.ids };

  // Whoever deletes all entries, or filters by what is changed, has this bar go away with
  // the list before the server's answer is dealt with: the answer is awaited, not called back.
  const edit = async (
    change: { case: "state"; value: EntryState } | { case: "category"; value: string },
    done: (entries: number) => string,
  ) => {
    try {
      const response = await editEntries.mutateAsync({ ...which, edit: change });
      undo(done(response.changed), response.change);
      props.onChange(nothing);
    } catch (error) {
      notice.failed(error);
    } finally {
      setAsking(undefined);
    }
  };
  const remove = async () => {
    try {
      const response = await deleteEntries.mutateAsync(which);
      undo(t.knowledge.deleted(response.deleted), response.change);
      props.onChange(nothing);
    } catch (error) {
      notice.failed(error);
    } finally {
      setAsking(undefined);
    }
  };

  const askToDelete = () => {
    setAsking("delete");
    setReport(undefined);
    const mine = ++foreseen.current;
    // What it would break is told as soon as it is known; who is sure need not wait.
    preview(selected.all ? { deletedFilter: props.filter } : { deletedIds: selected.ids }).then(
      (told) => mine === foreseen.current && setReport(told),
      () => undefined,
    );
  };

  /** show publishes, or makes drafts, at once if no check breaks by it; else after a question. */
  const show = async (to: Shown) => {
    setForeseeing(true);
    foreseen.current++;
    const [all, ids] =
      to === "publish"
        ? [{ publishedFilter: props.filter }, { publishedIds: selected.ids }]
        : [{ deletedFilter: props.filter }, { deletedIds: selected.ids }];
    const told = await preview(selected.all ? all : ids).catch(() => undefined);
    setForeseeing(false);
    if (told && told.broken.length > 0) {
      setReport(told);
      setAsking(to);
      return;
    }
    edit({ case: "state", value: states[to] }, t.knowledge[done[to]]);
  };
  const breaks = report !== undefined && report.broken.length > 0;
  const shown = asking === "publish" || asking === "unpublish" ? asking : undefined;

  return (
    <div className={css.bar}>
      <Group gap="xs">
        <Text size="sm" c="dimmed" aria-live="polite">
          {n > 0 ? t.knowledge.selected(n) : props.total !== undefined && t.knowledge.total(total)}
        </Text>
        {!selected.all && n === props.shown && n > 0 && total > n && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => props.onChange({ ids: selected.ids, all: true })}
          >
            {t.knowledge.selectFitting(total)}
          </Button>
        )}
      </Group>
      {n > 0 && (
        <May>
          <Group gap={6}>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button size="compact-sm" variant="default" loading={editEntries.isPending || foreseeing}>
                  {t.knowledge.change}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => show("publish")}>{t.knowledge.publish}</Menu.Item>
                <Menu.Item onClick={() => show("unpublish")}>{t.knowledge.unpublish}</Menu.Item>
                <Menu.Item onClick={() => setAsking("category")}>{t.knowledge.setCategory}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
            <Button
              size="compact-sm"
              variant="light"
              color="red"
              leftSection={<Icon name="trash" size={16} />}
              onClick={askToDelete}
            >
              {t.act.delete}
            </Button>
          </Group>
        </May>
      )}
      <Confirm
        opened={asking === "delete"}
        title={t.knowledge.deleteTitle(n)}
        body={t.knowledge.deleteBody}
        action={breaks ? t.checks.preview.deleteAnyway : t.knowledge.deleteConfirm(n)}
        busy={deleteEntries.isPending}
        onClose={() => setAsking(undefined)}
        onConfirm={remove}
      >
        {report && report.deletedPhrasings > 0 && (
          <Text size="sm">{t.knowledge.deletePhrasings(report.deletedPhrasings)}</Text>
        )}
        {breaks && <Broken report={report} />}
      </Confirm>
      <Confirm
        opened={shown !== undefined}
        title={t.knowledge.shownTitle(n)}
        body={t.knowledge.shownBody}
        action={shown === "publish" ? t.checks.preview.publishAnyway : t.checks.preview.unpublishAnyway}
        busy={editEntries.isPending}
        onClose={() => setAsking(undefined)}
        onConfirm={() => shown && edit({ case: "state", value: states[shown] }, t.knowledge[done[shown]])}
      >
        {breaks && <Broken report={report} />}
      </Confirm>
      <CategoryQuestion
        opened={asking === "category"}
        n={n}
        categories={props.categories}
        busy={editEntries.isPending}
        onClose={() => setAsking(undefined)}
        onChosen={(value) => edit({ case: "category", value }, t.knowledge.sorted)}
      />
    </div>
  );
}

function CategoryQuestion(props: {
  opened: boolean;
  n: number;
  categories: string[];
  busy: boolean;
  onClose: () => void;
  onChosen: (category: string) => void;
}) {
  const t = useText();
  const [category, setCategory] = useState("");
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t.knowledge.categoryTitle(props.n)}
      centered
      closeButtonProps={{ "aria-label": t.app.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          props.onChosen(category.trim());
        }}
      >
        <Stack>
          <Autocomplete
            label={t.knowledge.category}
            description={t.knowledge.categoryHint}
            data={props.categories}
            value={category}
            onChange={setCategory}
            maxLength={100}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {t.act.cancel}
            </Button>
            <Button type="submit" loading={props.busy}>
              {t.act.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
