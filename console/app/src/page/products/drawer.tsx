import { Drawer } from "@mantine/core";
import { lazy, useState } from "react";
import type { Product } from "../../gen/storebot/v1/product_pb";
import { useText } from "../../i18n/language";
import { Discard } from "../../part/discard";
import { HistoryTabs } from "../../part/historytabs";
import { ProductForm } from "./form";

const ProductHistory = lazy(() => import("./history").then((file) => ({ default: file.ProductHistory })));

/** ProductDrawer adds a product or changes one, beside the list; what was written is not thrown away unasked. */
export function ProductDrawer(props: {
  opened: boolean;
  product?: Product;
  attributeNames: string[];
  /** Which side of the product is shown. */
  tab?: "history";
  onTab: (tab: "history" | undefined) => void;
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useText();
  const [dirty, setDirty] = useState(false);
  const [asking, setAsking] = useState(false);
  const close = () => (dirty ? setAsking(true) : props.onClose());
  const form = (
    <ProductForm
      product={props.product}
      attributeNames={props.attributeNames}
      onDirty={setDirty}
      onClose={close}
      onDone={props.onDone}
    />
  );
  return (
    <Drawer
      opened={props.opened}
      onClose={close}
      position="right"
      size="lg"
      title={props.product ? t.products.form.edit : t.products.form.new}
      closeButtonProps={{ "aria-label": t.app.close }}
    >
      {props.product ? (
        <HistoryTabs
          label={t.products.form.edit}
          formLabel={t.products.product}
          tab={props.tab}
          onTab={props.onTab}
          form={form}
          history={<ProductHistory productId={props.product.id} onRestored={props.onDone} />}
        />
      ) : (
        form
      )}
      <Discard
        opened={asking}
        onKeep={() => setAsking(false)}
        onDiscard={() => {
          setAsking(false);
          props.onClose();
        }}
      />
    </Drawer>
  );
}
