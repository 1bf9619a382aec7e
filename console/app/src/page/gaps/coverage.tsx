import { Card, Group, Skeleton, Text, Title } from "@mantine/core";
import { useCoverage } from "../../api/learning";
import { useFormat, useText } from "../../i18n/language";
import { Failed } from "../../part/empty";

/** From so many questions on a share says something. */
const enough = 20;

/** Coverage says which share of the last days' questions got an answer, and what the gaps below would add. */
export function Coverage({ gaps }: { gaps?: number }) {
  const t = useText();
  const format = useFormat();
  const coverage = useCoverage();
  if (coverage.isLoadingError) return <Failed error={coverage.error} onRetry={coverage.refetch} />;
  if (!coverage.data) return <Skeleton height={110} />;
  const { questions, answered, learnt, open } = coverage.data;
  const share = (n: number) => format.percent(n / questions);
  return (
    <Card>
      <Title order={2} size="h4">
        {t.gaps.coverage.title}
      </Title>
      {questions < enough ? (
        <Text size="sm" c="dimmed" mt={4}>
          {t.gaps.coverage.tooLittle(questions)}
        </Text>
      ) : (
        <>
          <Group gap="sm" align="baseline" mt={4}>
            <Text size="xl" fw={650}>
              {share(answered)}
            </Text>
            <Text size="sm" c="dimmed">
              {t.gaps.coverage.of(answered, questions)}
            </Text>
          </Group>
          {learnt > 0 && <Text size="sm">{t.gaps.coverage.learnt(share(answered + learnt))}</Text>}
          {open > 0 && gaps !== undefined && gaps > 0 && (
            <Text size="sm">{t.gaps.coverage.open(share(answered + learnt + open), gaps)}</Text>
          )}
          <Text size="xs" c="dimmed" mt={6}>
            {t.gaps.coverage.hint}
          </Text>
        </>
      )}
    </Card>
  );
}
