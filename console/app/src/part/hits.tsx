import { Skeleton, Text } from "@mantine/core";
import { useHits } from "../api/entry";
import { lookUp } from "../api/problem";
import type { Hit } from "../gen/storebot/v1/knowledge_pb";
import { useFormat, useText } from "../i18n/language";
import { Empty, Failed } from "./empty";
import css from "./history.module.css";
import { TextLink } from "./link";

/** Hits lists what shoppers asked when an entry answered them, and how surely it was found; each opens its conversation. */
export function Hits({ entryId }: { entryId: string }) {
  const t = useText();
  const found = useHits(entryId);
  if (found.isLoadingError) return <Failed error={found.error} onRetry={found.refetch} />;
  if (!found.data) return <Skeleton height={160} />;
  const { hits } = found.data;
  if (hits.length === 0) return <Empty icon="chat" title={t.hits.emptyTitle} body={t.hits.emptyBody} />;
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t.hits.lead(hits.length)}
      </Text>
      <ul className={css.list} aria-label={t.hits.title}>
        {hits.map((hit) => (
          <One key={`${hit.conversationId} ${hit.askedAt?.seconds} ${hit.askedAt?.nanos}`} hit={hit} />
        ))}
      </ul>
    </>
  );
}

function One({ hit }: { hit: Hit }) {
  const t = useText();
  const format = useFormat();
  return (
    <li className={css.version}>
      <TextLink
        to="/inbox/$conversationId"
        params={{ conversationId: hit.conversationId }}
        size="sm"
        fw={550}
      >
        {hit.question}
      </TextLink>
      <Text size="xs" c="dimmed">
        {[
          format.dateTime(hit.askedAt),
          t.inbox.confidence(format.percent(hit.confidence)),
          lookUp(t.decision, hit.decision) ?? hit.decision,
          ...(hit.first ? [] : [t.hits.further]),
          ...(hit.rating > 0 ? [t.inbox.rated.up] : []),
          ...(hit.rating < 0 ? [t.inbox.rated.down] : []),
        ].join(" · ")}
      </Text>
    </li>
  );
}
