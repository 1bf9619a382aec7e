import { NativeSelect, NumberInput, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { useEnterTenant, useResume, useSetQuota, useSuspend } from "../../api/platform";
import { fieldErrors, problemText } from "../../api/problem";
import type { TenantRow } from "../../gen/storebot/v1/platform_pb";
import { useText } from "../../i18n/language";
import { useNotice } from "../../part/notice";
import { Reasoned } from "./reasoned";

/** What an admin can do to a shop. */
export type Deed = "suspend" | "resume" | "quota" | "enter";

const minutes = [15, 60, 240];
const megabyte = 1_000_000;

type Values = {
  reason: string;
  minutes: string;
  messagesMonth: number | string;
  entries: number | string;
  modelSeconds: number | string;
  storage: number | string;
};

const fields = {
  reason: "reason",
  "quota.messages_month": "messagesMonth",
  "quota.entries": "entries",
  "quota.model_seconds": "modelSeconds",
  "quota.storage_bytes": "storage",
};

// Beyond what any shop can use up, and within what the wire can carry in bytes.
const most = { min: 0, max: 1e12, clampBehavior: "strict", allowNegative: false } as const;

const limit = (n: number | string) => (n === "" ? undefined : BigInt(Math.round(Number(n))));

/** Acting asks for the reason that goes into the audit, and does it. */
export function Acting({ deed, shop, onClose }: { deed: Deed; shop: TenantRow; onClose: () => void }) {
  const t = useText();
  const notice = useNotice();
  const navigate = useNavigate();
  const [suspend, resume, quota, enter] = [useSuspend(), useResume(), useSetQuota(), useEnterTenant()];
  const now = shop.quota;
  const form = useForm<Values>({
    initialValues: {
      reason: "",
      minutes: String(minutes[1]),
      messagesMonth: now?.messagesMonth === undefined ? "" : Number(now.messagesMonth),
      entries: now?.entries === undefined ? "" : Number(now.entries),
      modelSeconds: now?.modelSeconds === undefined ? "" : Number(now.modelSeconds),
      storage: now?.storageBytes === undefined ? "" : Number(now.storageBytes) / megabyte,
    },
  });
  const act = { suspend, resume, quota, enter }[deed];
  const done = (message?: string) => ({
    onSuccess: () => {
      if (message) notice.done(message);
      onClose();
      if (deed === "enter") void navigate({ to: "/" });
    },
    onError: (error: unknown) => form.setErrors(fieldErrors(error, fields, t)),
  });
  const submit = form.onSubmit((values) => {
    const { reason } = values;
    const tenantId = shop.id;
    switch (deed) {
      case "suspend":
        return suspend.mutate({ tenantId, reason }, done(t.platform.suspended));
      case "resume":
        return resume.mutate({ tenantId, reason }, done(t.platform.resumed));
      case "enter":
        return enter.mutate({ tenantId, reason, time: { seconds: BigInt(values.minutes) * 60n } }, done());
      case "quota":
        return quota.mutate(
          {
            tenantId,
            reason,
            quota: {
              messagesMonth: limit(values.messagesMonth),
              entries: limit(values.entries),
              modelSeconds: limit(values.modelSeconds),
              storageBytes: values.storage === "" ? undefined : limit(Number(values.storage) * megabyte),
            },
          },
          done(t.platform.quotaSaved),
        );
    }
  });
  const failed = act.error && Object.keys(form.errors).length === 0;
  return (
    <Reasoned
      title={t.platform.actOn(t.platform[deed], shop.name)}
      reason={form.getInputProps("reason")}
      action={deed === "quota" ? t.act.save : t.platform[deed]}
      color={deed === "suspend" ? "red" : undefined}
      busy={act.isPending}
      refused={
        failed && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {problemText(act.error, t)}
          </Text>
        )
      }
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">{t.platform[`${deed}Body`]}</Text>
      {deed === "quota" && (
        <>
          <NumberInput
            label={t.holding.resources.messages_month}
            {...most}
            allowDecimal={false}
            {...form.getInputProps("messagesMonth")}
          />
          <NumberInput
            label={t.holding.resources.entries}
            {...most}
            allowDecimal={false}
            {...form.getInputProps("entries")}
          />
          <NumberInput
            label={t.platform.modelSeconds}
            {...most}
            allowDecimal={false}
            {...form.getInputProps("modelSeconds")}
          />
          <NumberInput label={t.platform.storageMegabytes} {...most} {...form.getInputProps("storage")} />
        </>
      )}
      {deed === "enter" && (
        <NativeSelect
          label={t.platform.enterTime}
          data={minutes.map((n) => ({ value: String(n), label: t.platform.enterMinutes(n) }))}
          {...form.getInputProps("minutes")}
        />
      )}
    </Reasoned>
  );
}
