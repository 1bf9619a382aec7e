import { useProductRevisions, useRestoreProductRevision } from "../../api/product";
import type { Product } from "../../gen/storebot/v1/product_pb";
import { useFormat, useText } from "../../i18n/language";
import { type Field, History } from "../../part/history";
import { useNotice } from "../../part/notice";
import { useUndo } from "../../part/undo";
import { priceText, stockText } from "./price";
import { refused } from "./refused";

/** ProductHistory lists a product's versions and brings an earlier one back. */
export function ProductHistory(props: { productId: string; onRestored: () => void }) {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const restore = useRestoreProductRevision();
  const undo = useUndo();
  const { productId } = props;
  const words = t.products.form;
  const fields = (one: Product): Field[] => [
    [words.sku, one.sku],
    [words.name, one.name],
    [words.price, priceText(one, t, format)],
    [words.stock, stockText(one.stock, t)],
    [words.link, one.link],
    [words.image, one.image],
    [words.otherNames, one.otherNames.join("\n")],
    [t.entry.phrasings, one.phrasings.join("\n")],
    [words.attributes, one.attributes.map(({ name, value }) => `${name}: ${value}`).join("\n")],
  ];
  const found = useProductRevisions(productId);
  return (
    <History
      found={found}
      fields={fields}
      onRestore={(revisionId) =>
        restore.mutateAsync({ productId, revisionId, etag: found.data?.etag }).then(
          ({ change }) => {
            undo(t.history.restored, change);
            props.onRestored();
          },
          (error) => {
            const [first] = Object.values(refused(error, t));
            return first ? notice.refused(first) : notice.failed(error);
          },
        )
      }
    />
  );
}
