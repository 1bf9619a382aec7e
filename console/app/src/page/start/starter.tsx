import { Button, Card, Select, SimpleGrid, Stack, Text, TextInput, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useStageStarterPack, useStarterPack } from "../../api/onboarding";
import { problemText } from "../../api/problem";
import { useTenant } from "../../api/tenant";
import type { StarterEntry } from "../../gen/storebot/v1/onboarding_pb";
import type { Catalogue } from "../../i18n/catalogue";
import { useText } from "../../i18n/language";
import { Failed } from "../../part/empty";

type Trade = keyof Catalogue["start"]["trades"];
type Fact = keyof Catalogue["start"]["facts"];

/** complete counts the entries of which every fact is given. */
export function complete(
  entries: readonly Pick<StarterEntry, "facts">[],
  given: Record<string, string>,
): number {
  return entries.filter((entry) => entry.facts.every((fact) => given[fact]?.trim())).length;
}

/** Starter makes an FAQ for a trade out of the shop's own facts. */
export function Starter() {
  const t = useText();
  const navigate = useNavigate();
  const language = useTenant().data?.tenant?.language ?? "en";
  const [trade, setTrade] = useState<Trade | "">("");
  const [given, setGiven] = useState<Record<string, string>>({});
  const pack = useStarterPack(trade, language);
  const stage = useStageStarterPack();
  const entries = pack.data?.entries ?? [];
  const facts = [...new Set(entries.flatMap((entry) => entry.facts))] as Fact[];
  const ready = complete(entries, given);

  const make = () =>
    stage.mutate(
      {
        trade,
        language,
        facts: facts.map((name) => ({ name, text: given[name] ?? "" })),
      },
      {
        onSuccess: ({ importId }) => navigate({ to: "/knowledge/import/$importId", params: { importId } }),
      },
    );

  return (
    <Card withBorder>
      <Title order={3} size="h4">
        {t.start.starter}
      </Title>
      <Text size="sm" c="dimmed" mt={4} mb="md">
        {t.start.starterLead}
      </Text>
      <Stack>
        <Select
          label={t.start.trade}
          placeholder={t.start.choose}
          data={(Object.keys(t.start.trades) as Trade[]).map((value) => ({
            value,
            label: t.start.trades[value],
          }))}
          value={trade || null}
          onChange={(value) => setTrade((value ?? "") as Trade | "")}
        />
        {pack.isLoadingError && <Failed error={pack.error} onRetry={pack.refetch} />}
        {facts.length > 0 && (
          <>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              {facts.map((name) => (
                <TextInput
                  key={name}
                  label={t.start.facts[name].label}
                  placeholder={t.start.facts[name].example}
                  maxLength={500}
                  value={given[name] ?? ""}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    setGiven((before) => ({ ...before, [name]: value }));
                  }}
                />
              ))}
            </SimpleGrid>
            <Text size="sm" c="dimmed" role="status">
              {t.start.made(ready, entries.length)}
            </Text>
            {stage.isError && (
              <Text size="sm" c="var(--mantine-color-error)" role="alert">
                {problemText(stage.error, t)}
              </Text>
            )}
            <div>
              <Button onClick={make} disabled={ready === 0} loading={stage.isPending}>
                {t.start.make(ready)}
              </Button>
            </div>
          </>
        )}
      </Stack>
    </Card>
  );
}
