import { Drawer } from "@mantine/core";
import { lazy } from "react";
import { missing } from "../../api/problem";
import { useProduct } from "../../api/product";
import type { Product } from "../../gen/storebot/v1/product_pb";
import { useText } from "../../i18n/language";
import { useLeaving } from "../../part/discard";
import { HistoryTabs } from "../../part/historytabs";
import { useLast } from "../../part/last";
import { There } from "../../part/there";
import { ProductForm } from "./form";

const ProductHistory = lazy(() => import("./history").then((file) => ({ default: file.ProductHistory })));

/** ProductDrawer adds a product or changes one, beside the list; what was written is not thrown away unasked. */
export function ProductDrawer(props: {
  opened: boolean;
  /** Which product; undefined: a new one. */
  productId?: string;
  attributeNames: string[];
  /** Which side of the product is shown. */
  tab?: "history";
  onTab: (tab: "history" | undefined) => void;
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useText();
  const { productId, onTab } = props;
  const leaving = useLeaving(props.onClose);
  const found = useProduct(productId ?? "");
  // What is open stays, whatever becomes of it elsewhere.
  const product = useLast(found.data?.product);
  const gone = missing(found.error);
  const done = () => {
    leaving.hold(false);
    props.onDone();
  };
  const form = (
    <ProductForm
      product={product}
      gone={gone}
      attributeNames={found.data?.attributeNames ?? props.attributeNames}
      onDirty={leaving.hold}
      onClose={leaving.close}
      onDone={done}
    />
  );
  const sides = (product: Product) => {
    return (
      <HistoryTabs
        label={t.products.form.edit}
        formLabel={t.products.product}
        tab={props.tab}
        onTab={onTab}
        form={form}
        history={
          <ProductHistory
            productId={product.id}
            // What is being written stays, and is told of the version that is back.
            onRestored={() => (leaving.dirty ? onTab(undefined) : done())}
          />
        }
      />
    );
  };
  const content = () => {
    if (!productId) return form;
    return (
      <There
        one={product}
        found={found}
        gone={gone && !leaving.dirty}
        icon="product"
        words={t.meanwhile.product}
      >
        {sides}
      </There>
    );
  };
  return (
    <Drawer
      opened={props.opened}
      onClose={leaving.close}
      position="right"
      size="lg"
      title={productId ? t.products.form.edit : t.products.form.new}
      closeButtonProps={{ "aria-label": t.app.close }}
    >
      {content()}
      {leaving.dialog}
    </Drawer>
  );
}
