import { Badge, Checkbox, Text, UnstyledButton } from "@mantine/core";
import type { Product } from "../../gen/storebot/v1/product_pb";
import { useFormat, useText } from "../../i18n/language";
import part from "../../part/part.module.css";
import list from "../knowledge/knowledge.module.css";
import { priceText, stockText } from "./price";

/** ProductList shows one page of products: rows on a wide screen, blocks on a narrow one. */
export function ProductList(props: {
  products: Product[];
  selected: string[];
  onSelect: (ids: string[]) => void;
  onOpen: (id: string) => void;
}) {
  const t = useText();
  const format = useFormat();
  const { selected } = props;
  const ids = props.products.map((product) => product.id);
  const all = selected.length === ids.length;
  return (
    <div>
      <div className={list.listHead}>
        <Checkbox
          aria-label={t.products.selectAll}
          checked={all}
          indeterminate={selected.length > 0 && !all}
          onChange={() => props.onSelect(all ? [] : ids)}
        />
        <Text size="xs" c="dimmed" aria-hidden="true">
          {t.products.product}
        </Text>
        <Text size="xs" c="dimmed" aria-hidden="true" className={list.wide}>
          {t.products.price}
        </Text>
        <Text size="xs" c="dimmed" aria-hidden="true" className={list.wide}>
          {t.products.updated}
        </Text>
      </div>
      <ul className={list.list}>
        {props.products.map((product) => (
          <li key={product.id} className={list.row}>
            <Checkbox
              aria-label={t.products.select(product.name)}
              checked={selected.includes(product.id)}
              onChange={() =>
                props.onSelect(
                  selected.includes(product.id)
                    ? selected.filter((id) => id !== product.id)
                    : [...selected, product.id],
                )
              }
            />
            <div className={list.text}>
              <UnstyledButton className={part.linkButton} onClick={() => props.onOpen(product.id)}>
                {product.name}
              </UnstyledButton>
              <Text size="sm" c="dimmed" className={part.clamp}>
                {[
                  product.sku,
                  ...product.attributes.map((attribute) => `${attribute.name}: ${attribute.value}`),
                ].join(" · ")}
              </Text>
            </div>
            <div className={list.meta}>
              <Text size="sm">{priceText(product, t, format)}</Text>
              <Badge
                variant="light"
                color={product.stock === 0 ? "amber" : "gray"}
                className={list.badge}
                mt={2}
              >
                {stockText(product.stock, t)}
              </Badge>
            </div>
            <Text size="sm" c="dimmed" className={list.when} title={format.dateTime(product.updatedAt)}>
              {format.ago(product.updatedAt)}
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}
