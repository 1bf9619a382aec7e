import { Skeleton, Tabs } from "@mantine/core";
import { type ReactNode, Suspense } from "react";
import { useText } from "../i18n/language";

/** HistoryTabs shows what is edited, or what it was; the history is loaded with the first look at it. */
export function HistoryTabs(props: {
  label: string;
  /** What the side to edit is called. */
  formLabel: string;
  form: ReactNode;
  history: ReactNode;
  tab?: "history";
  onTab: (tab: "history" | undefined) => void;
}) {
  const t = useText();
  return (
    <Tabs value={props.tab ?? "form"} onChange={(tab) => props.onTab(tab === "history" ? tab : undefined)}>
      <Tabs.List mb="md" aria-label={props.label}>
        <Tabs.Tab value="form">{props.formLabel}</Tabs.Tab>
        <Tabs.Tab value="history">{t.history.title}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="form">{props.form}</Tabs.Panel>
      <Tabs.Panel value="history">
        {props.tab === "history" && <Suspense fallback={<Skeleton height={160} />}>{props.history}</Suspense>}
      </Tabs.Panel>
    </Tabs>
  );
}
