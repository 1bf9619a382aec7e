import { useEffect, useState } from "react";
import { usePreview } from "../../api/learning";
import { useDeleteProducts } from "../../api/product";
import type { PreviewChangeResponse } from "../../gen/storebot/v1/learning_pb";
import { useText } from "../../i18n/language";
import { Broken } from "../../part/broken";
import { Confirm } from "../../part/confirm";
import { useNotice } from "../../part/notice";
import { useUndo } from "../../part/undo";

/** Deleting asks once, deletes, and offers for a while to bring everything back. */
export function Deleting(props: { ids: string[]; opened: boolean; onClose: () => void; onDone: () => void }) {
  const t = useText();
  const notice = useNotice();
  const remove = useDeleteProducts();
  const undo = useUndo();
  const { ids, opened } = props;
  const preview = usePreview();
  const [report, setReport] = useState<PreviewChangeResponse>();
  const which = ids.join();

  // What it would break is told as soon as it is known; who is sure need not wait.
  useEffect(() => {
    setReport(undefined);
    if (!opened) return;
    let left = false;
    preview({ deletedProductIds: which.split(",") }).then(
      (found) => !left && setReport(found),
      () => {},
    );
    return () => {
      left = true;
    };
  }, [opened, which, preview]);
  const breaks = report !== undefined && report.broken.length > 0;

  const told = (restored: number, kept: number) =>
    kept > 0 ? t.products.restoredKept(restored, kept) : t.products.restored(restored);

  return (
    <Confirm
      opened={opened}
      title={t.products.deleteTitle(ids.length)}
      body={t.products.deleteBody}
      action={breaks ? t.checks.preview.deleteAnyway : t.products.deleteConfirm(ids.length)}
      busy={remove.isPending}
      onClose={props.onClose}
      onConfirm={() =>
        // Not by mutate's own callbacks: what asked may have gone with the product.
        remove
          .mutateAsync({ ids })
          .then(({ deleted, change }) => {
            undo(t.products.deleted(deleted), change, told);
            props.onDone();
          }, notice.failed)
          .finally(props.onClose)
      }
    >
      {breaks && <Broken report={report} />}
    </Confirm>
  );
}
