import { Drawer } from "@mantine/core";
import { useState } from "react";
import type { Product } from "../../gen/storebot/v1/product_pb";
import { useText } from "../../i18n/language";
import { Discard } from "../../part/discard";
import { ProductForm } from "./form";

/** ProductDrawer adds a product or changes one, beside the list; what was written is not thrown away unasked. */
export function ProductDrawer(props: {
  opened: boolean;
  product?: Product;
  attributeNames: string[];
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useText();
  const [dirty, setDirty] = useState(false);
  const [asking, setAsking] = useState(false);
  const close = () => (dirty ? setAsking(true) : props.onClose());
  return (
    <Drawer
      opened={props.opened}
      onClose={close}
      position="right"
      size="lg"
      title={props.product ? t.products.form.edit : t.products.form.new}
      closeButtonProps={{ "aria-label": t.app.close }}
    >
      <ProductForm
        product={props.product}
        attributeNames={props.attributeNames}
        onDirty={setDirty}
        onClose={close}
        onDone={props.onDone}
      />
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
