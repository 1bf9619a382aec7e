import { Skeleton, Tabs } from "@mantine/core";
import { type ReactNode, Suspense } from "react";
import { useText } from "../i18n/language";

/** HistoryTabs shows what is edited, or what it was; the history is loaded with the first look at it, and so is what else there is. */
export function HistoryTabs<Tab extends "history" | "hits">(props: {
  label: string;
  /** What the side to edit is called. */
  formLabel: string;
  form: ReactNode;
  history: ReactNode;
  further?: { tab: Tab; label: string; panel: ReactNode };
  tab?: Tab;
  onTab: (tab: Tab | undefined) => void;
}) {
  const t = useText();
  const { further } = props;
  const tabs = [{ tab: "history" as Tab, label: t.history.title, panel: props.history }, further].filter(
    (one) => one !== undefined,
  );
  return (
    <Tabs
      value={props.tab ?? "form"}
      onChange={(name) => props.onTab(tabs.find(({ tab }) => tab === name)?.tab)}
    >
      <Tabs.List mb="md" aria-label={props.label}>
        <Tabs.Tab value="form">{props.formLabel}</Tabs.Tab>
        {tabs.map(({ tab, label }) => (
          <Tabs.Tab key={tab} value={tab}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="form">{props.form}</Tabs.Panel>
      {tabs.map(({ tab, panel }) => (
        <Tabs.Panel key={tab} value={tab}>
          {props.tab === tab && <Suspense fallback={<Skeleton height={160} />}>{panel}</Suspense>}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
