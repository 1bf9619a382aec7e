import { Autocomplete, Button, Group, Menu, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useDeleteEntries, useEditEntries } from "../../api/entry";
import { type EntryFilter, EntryState } from "../../gen/storebot/v1/knowledge_pb";
import { useText } from "../../i18n/language";
import { Confirm } from "../../part/confirm";
import { Icon } from "../../part/icon";
import { useNotice } from "../../part/notice";
import { useUndo } from "../../part/undo";
import css from "./knowledge.module.css";

/** What is selected: entries of this page, or all that fit the filter. */
export type Selected = { ids: string[]; all: boolean };

export const nothing: Selected = { ids: [], all: false };

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
  const [asking, setAsking] = useState<"delete" | "category">();
  const deleteEntries = useDeleteEntries();
  const editEntries = useEditEntries();
  const { selected, total = 0 } = props;
  const n = selected.all ? total : selected.ids.length;
  const which = selected.all ? { filter: props.filter } : { ids: selected.ids };

  const edit = (
    change: { case: "state"; value: EntryState } | { case: "category"; value: string },
    done: (entries: number) => string,
  ) =>
    editEntries.mutate(
      { ...which, edit: change },
      {
        onSuccess: (response) => {
          undo(done(response.changed), response.change);
          props.onChange(nothing);
        },
        onError: notice.failed,
        onSettled: () => setAsking(undefined),
      },
    );

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
        <Group gap={6}>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="compact-sm" variant="default" loading={editEntries.isPending}>
                {t.knowledge.change}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                onClick={() => edit({ case: "state", value: EntryState.PUBLISHED }, t.knowledge.published)}
              >
                {t.knowledge.publish}
              </Menu.Item>
              <Menu.Item
                onClick={() => edit({ case: "state", value: EntryState.DRAFT }, t.knowledge.unpublished)}
              >
                {t.knowledge.unpublish}
              </Menu.Item>
              <Menu.Item onClick={() => setAsking("category")}>{t.knowledge.setCategory}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <Button
            size="compact-sm"
            variant="light"
            color="red"
            leftSection={<Icon name="trash" size={16} />}
            onClick={() => setAsking("delete")}
          >
            {t.act.delete}
          </Button>
        </Group>
      )}
      <Confirm
        opened={asking === "delete"}
        title={t.knowledge.deleteTitle(n)}
        body={t.knowledge.deleteBody}
        action={t.knowledge.deleteConfirm(n)}
        busy={deleteEntries.isPending}
        onClose={() => setAsking(undefined)}
        onConfirm={() =>
          deleteEntries.mutate(which, {
            onSuccess: (response) => {
              undo(t.knowledge.deleted(response.deleted), response.change);
              props.onChange(nothing);
            },
            onError: notice.failed,
            onSettled: () => setAsking(undefined),
          })
        }
      />
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
