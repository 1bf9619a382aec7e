import { useDeleteProducts, useRestoreProducts } from "../../api/product";
import { useText } from "../../i18n/language";
import { Confirm } from "../../part/confirm";
import { useNotice } from "../../part/notice";
import { useTakeBack } from "../../part/undo";

/** Deleting asks once, deletes, and offers for a while to bring everything back. */
export function Deleting(props: { ids: string[]; opened: boolean; onClose: () => void; onDone: () => void }) {
  const t = useText();
  const notice = useNotice();
  const remove = useDeleteProducts();
  const restore = useRestoreProducts();
  const offer = useTakeBack();
  const { ids } = props;

  const told = (deleted: number) =>
    offer(`products ${ids[0]}`, t.products.deleted(deleted), () =>
      restore
        .mutateAsync({ ids })
        .then(
          ({ restored, kept }) =>
            notice.done(kept > 0 ? t.products.restoredKept(restored, kept) : t.products.restored(restored)),
          notice.failed,
        ),
    );

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
