import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useDeleteProducts, useRestoreProducts } from "../../api/product";
import { useText } from "../../i18n/language";
import { Confirm } from "../../part/confirm";
import { useNotice } from "../../part/notice";

/** Deleting asks once, deletes, and offers for a while to bring everything back. */
export function Deleting(props: { ids: string[]; opened: boolean; onClose: () => void; onDone: () => void }) {
  const t = useText();
  const notice = useNotice();
  const remove = useDeleteProducts();
  const restore = useRestoreProducts();
  const { ids } = props;

  const told = (deleted: number) => {
    const id = `products ${ids[0]}`;
    const takeBack = () => {
      notifications.hide(id);
      restore
        .mutateAsync({ ids })
        .then(
          ({ restored, kept }) =>
            notice.done(kept > 0 ? t.products.restoredKept(restored, kept) : t.products.restored(restored)),
          notice.failed,
        );
    };
    notifications.show({
      id,
      color: "pine",
      withBorder: true,
      autoClose: 20_000,
      closeButtonProps: { "aria-label": t.app.close },
      message: (
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text size="sm">{t.products.deleted(deleted)}</Text>
          <Button size="compact-sm" variant="light" onClick={takeBack}>
            {t.knowledge.undo}
          </Button>
        </Group>
      ),
    });
  };

  return (
    <Confirm
      opened={props.opened}
      title={t.products.deleteTitle(ids.length)}
      body={t.products.deleteBody}
      action={t.products.deleteConfirm(ids.length)}
      busy={remove.isPending}
      onClose={props.onClose}
      onConfirm={() =>
        // Not by mutate's own callbacks: what asked may have gone with the product.
        remove
          .mutateAsync({ ids })
          .then(({ deleted }) => {
            told(deleted);
            props.onDone();
          }, notice.failed)
          .finally(props.onClose)
      }
    />
  );
}
