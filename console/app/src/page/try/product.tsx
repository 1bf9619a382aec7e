import { Text } from "@mantine/core";
import type { ProductCard } from "../../gen/storebot/v1/shopper_pb";
import { useText } from "../../i18n/language";
import { TextLink } from "../../part/link";
import css from "./try.module.css";

/** Products are those that a reply tells of, as the shopper's card shows them; each leads to its row. */
export function Products({ cards }: { cards: ProductCard[] }) {
  const t = useText();
  if (cards.length === 0) return null;
  return (
    <div>
      <Text size="sm" c="dimmed" mb={4}>
        {t.products.shown}
      </Text>
      <ul className={css.cards}>
        {cards.map((card) => (
          <li key={card.sku} className={css.card}>
            <TextLink to="/products" search={{ q: card.sku }} fw={550} title={t.products.open}>
              {card.name}
            </TextLink>
            <Text size="sm" c="dimmed">
              {[card.sku, card.price, card.availability].filter((word) => word !== "").join(" · ")}
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}
