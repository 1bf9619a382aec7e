import { Button, Card, Skeleton, Table, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { usePlatformState } from "../../api/platform";
import { lookUp } from "../../api/problem";
import type { FailedJob, GetStateResponse } from "../../gen/storebot/v1/platform_pb";
import { useFormat, useText } from "../../i18n/language";
import { Failed } from "../../part/empty";
import { Page } from "../../part/page";
import part from "../../part/part.module.css";
import css from "./platform.module.css";
import { Retrying, useJobName } from "./retry";

/** StatePage says how the installation is; it looks again every few seconds. */
export function StatePage() {
  const t = useText();
  const format = useFormat();
  const state = usePlatformState();
  return (
    <Page
      title={t.platform.state}
      lead={state.data && t.platform.version(state.data.version, format.dateTime(state.data.startedAt))}
    >
      {state.isLoadingError ? (
        <Failed error={state.error} onRetry={state.refetch} />
      ) : state.data ? (
        <>
          <Database state={state.data} />
          <Engine state={state.data} />
          <Jobs state={state.data} />
        </>
      ) : (
        <Skeleton height={320} radius="lg" />
      )}
    </Page>
  );
}

function Facts({ facts }: { facts: [name: string, value: ReactNode][] }) {
  return (
    <dl className={css.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Database({ state }: { state: GetStateResponse }) {
  const t = useText();
  const format = useFormat();
  const d = state.database;
  if (!d) return null;
  const group = Number(d.commits) > 0 ? Number(d.turnsStored) / Number(d.commits) : 0;
  return (
    <Card>
      <Title order={2}>{t.platform.database}</Title>
      <Facts
        facts={[
          [t.platform.ping, format.wait(d.ping)],
          [
            t.platform.connections,
            `${format.number(d.connectionsInUse)} / ${format.number(d.connectionsMax)}`,
          ],
          [t.platform.turns, format.number(Number(d.turnsStored))],
          [t.platform.group, format.tenths(group)],
          [t.platform.waiting, format.number(d.writesWaiting)],
          [
            t.platform.shopsInMemory,
            `${format.number(d.shopsInMemory)} · ${format.bytes(Number(d.indexBytes))}`,
          ],
          [t.platform.oldSettings, format.number(Number(d.oldSettings))],
        ]}
      />
    </Card>
  );
}

function Engine({ state }: { state: GetStateResponse }) {
  const t = useText();
  const format = useFormat();
  const e = state.engine;
  if (!e) return null;
  return (
    <Card>
      <Title order={2}>{t.platform.engine}</Title>
      <Text mt={4}>{lookUp(t.platform.engineStates, e.state) ?? e.state}</Text>
      {e.problems.map((problem) => (
        <Text key={problem} size="sm" lang="en" c="var(--mantine-color-error)">
          {problem}
        </Text>
      ))}
      <Facts
        facts={[
          [t.platform.embedModel, e.embedModel || t.platform.builtIn],
          [t.platform.chatModel, e.chatModel || t.platform.none],
          [t.platform.requests, format.number(Number(e.requests))],
          [t.platform.failed, format.number(Number(e.failed))],
          [t.platform.rejected, format.number(Number(e.rejected))],
          [t.platform.trips, format.number(Number(e.breakerTrips))],
        ]}
      />
    </Card>
  );
}

function Jobs({ state }: { state: GetStateResponse }) {
  const t = useText();
  const format = useFormat();
  const [job, setJob] = useState<FailedJob>();
  const nameOf = useJobName();
  return (
    <Card>
      <Title order={2}>{t.platform.jobs}</Title>
      {state.jobs.length === 0 ? (
        <Text mt="md">{t.platform.noJobs}</Text>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by the keyboard
        <section className={part.scroll} aria-label={t.platform.jobs} tabIndex={0}>
          <Table mt="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t.platform.queue}</Table.Th>
                <Table.Th>{t.platform.jobState}</Table.Th>
                <Table.Th>{t.platform.jobCount}</Table.Th>
                <Table.Th>{t.platform.oldest}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {state.jobs.map((one) => (
                <Table.Tr key={`${one.queue} ${one.state}`}>
                  <Table.Td>{lookUp(t.platform.queues, one.queue) ?? one.queue}</Table.Td>
                  <Table.Td>{lookUp(t.platform.jobStates, one.state) ?? one.state}</Table.Td>
                  <Table.Td>{format.number(Number(one.count))}</Table.Td>
                  <Table.Td>{format.ago(one.oldestAt)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      )}
      <Title order={3} size="h4" mt="lg">
        {t.platform.failedJobs}
      </Title>
      {state.failedJobs.length === 0 && <Text mt="xs">{t.platform.noFailed}</Text>}
      <ul className={part.rows}>
        {state.failedJobs.map((one) => (
          <li key={String(one.id)} className={part.rowLine}>
            <div>
              <Text fw={550}>
                {nameOf(one)} · {lookUp(t.platform.jobStates, one.state) ?? one.state}
              </Text>
              <Text size="sm" lang="en">
                {one.error}
              </Text>
              <Text size="sm" c="dimmed">
                {t.platform.attempt(one.attempt, one.maxAttempts)}
              </Text>
            </div>
            <Button
              size="sm"
              variant="default"
              aria-label={t.platform.actOn(t.platform.retry, nameOf(one))}
              onClick={() => setJob(one)}
            >
              {t.platform.retry}
            </Button>
          </li>
        ))}
      </ul>
      {job && <Retrying job={job} onClose={() => setJob(undefined)} />}
    </Card>
  );
}
