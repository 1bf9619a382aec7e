import {
  Badge,
  Button,
  Card,
  Code,
  Group,
  Skeleton,
  Stack,
  Tabs,
  Text,
  Textarea,
  Title,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { fieldErrors } from "../../api/problem";
import { useRotateKey, useSetAllowedOrigins, useTenant } from "../../api/tenant";
import { useLook } from "../../api/widget";
import type { Tenant } from "../../gen/storebot/v1/tenant_pb";
import type { Look } from "../../gen/storebot/v1/widget_pb";
import { useFormat, useText } from "../../i18n/language";
import { Confirm } from "../../part/confirm";
import { Copy } from "../../part/copy";
import { Failed } from "../../part/empty";
import { May } from "../../part/may";
import { useNotice } from "../../part/notice";
import { Page } from "../../part/page";
import { settle } from "../../part/settle";
import { Hosted } from "./hosted";
import { Identity } from "./identity";
import css from "./install.module.css";

const platforms = ["html", "shopify", "woocommerce", "other"] as const;

const quotes: Record<string, string> = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };

/** snippet is the one line that a shop pastes; it carries the look that the launcher needs before it asks for anything. */
export function snippet(server: string, key: string, look: Partial<Look> = {}): string {
  const { color, side, label } = look;
  const worn = Object.entries({ color, side: side === "left" ? side : "", label }).map(([name, value]) =>
    value ? ` data-${name}="${value.replace(/[&"<>]/g, (sign) => quotes[sign] ?? sign)}"` : "",
  );
  return `<script src="${server}/widget.js" data-key="${key}"${worn.join("")} async></script>`;
}

export function InstallPage() {
  const t = useText();
  const tenant = useTenant(true);
  const shop = tenant.data?.tenant;
  return (
    <Page title={t.install.title} lead={t.install.lead} narrow>
      {tenant.isLoadingError ? (
        <Failed error={tenant.error} onRetry={tenant.refetch} />
      ) : !shop ? (
        <>
          <Skeleton height={260} radius="lg" />
          <Skeleton height={220} radius="lg" />
        </>
      ) : (
        <>
          <Line shop={shop} />
          <Origins key={shop.id} shop={shop} />
          <Seen shop={shop} />
          <Hosted shop={shop} />
          <Identity shop={shop} />
          <Key shop={shop} />
        </>
      )}
    </Page>
  );
}

function Line({ shop }: { shop: Tenant }) {
  const t = useText();
  const format = useFormat();
  const look = useLook().data?.look;
  const worn = Boolean(look?.color || look?.side || look?.label);
  const line = snippet(window.location.origin, shop.publishableKey, look);
  return (
    <Card>
      <Title order={2}>{t.install.snippet}</Title>
      <Text size="sm" c="dimmed" mt={4}>
        {format.sentences(t.install.snippetHint, worn && t.widget.snippetLook)}
      </Text>
      <Code block my="md" className={css.code} tabIndex={0}>
        {line}
      </Code>
      <Copy text={line} />
      <Tabs defaultValue="html" mt="lg" variant="pills">
        <Tabs.List aria-label={t.install.where}>
          {platforms.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t.install.platforms[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {platforms.map((name) => (
          <Tabs.Panel key={name} value={name} pt="sm">
            <Text size="sm">{t.install.platformSteps[name]}</Text>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Card>
  );
}

function Origins({ shop }: { shop: Tenant }) {
  const t = useText();
  const notice = useNotice();
  const setOrigins = useSetAllowedOrigins();
  const form = useForm({ initialValues: { origins: shop.allowedOrigins.join("\n") } });
  const submit = form.onSubmit((sent) =>
    setOrigins.mutate(
      { allowedOrigins: sent.origins.split(/\s+/).filter((word) => word !== "") },
      {
        onSuccess: (response) => {
          settle(form, sent, { origins: response.tenant?.allowedOrigins.join("\n") ?? "" });
          notice.done(t.install.originsSaved);
        },
        onError: (error) => {
          const errors = fieldErrors(error, { allowed_origins: "origins" }, t);
          form.setErrors(errors);
          if (!errors.origins) notice.failed(error);
        },
      },
    ),
  );
  return (
    <Card>
      <form onSubmit={submit} noValidate>
        <Title order={2}>{t.install.origins}</Title>
        {shop.allowedOrigins.length === 0 && (
          <Text size="sm" mt={4} c="var(--mantine-color-error)">
            {t.install.originsEmpty}
          </Text>
        )}
        <Textarea
          aria-label={t.install.origins}
          description={t.install.originsHint}
          placeholder="https://www.example.com"
          autosize
          minRows={2}
          maxRows={10}
          mt="xs"
          spellCheck={false}
          {...form.getInputProps("origins")}
        />
        <May least="owner">
          <Button
            type="submit"
            mt="md"
            variant="light"
            disabled={!form.isDirty()}
            loading={setOrigins.isPending}
          >
            {t.act.save}
          </Button>
        </May>
      </form>
    </Card>
  );
}

function Seen({ shop }: { shop: Tenant }) {
  const t = useText();
  const format = useFormat();
  const seen = shop.seenOnSiteAt !== undefined;
  return (
    <Card>
      <Group justify="space-between">
        <Title order={2}>{t.install.seen}</Title>
        <Badge variant="light" color={seen ? "pine" : "gray"} tt="none">
          {seen ? t.home.done : t.home.notDone}
        </Badge>
      </Group>
      <Text size="sm" mt={4} role="status">
        {seen ? t.install.seenYes(format.ago(shop.seenOnSiteAt)) : t.install.seenNo}
      </Text>
    </Card>
  );
}

function Key({ shop }: { shop: Tenant }) {
  const t = useText();
  const notice = useNotice();
  const rotate = useRotateKey();
  const [asking, setAsking] = useState(false);
  return (
    <Card>
      <Title order={2}>{t.install.key}</Title>
      <Text size="sm" c="dimmed" mt={4}>
        {t.install.keyHint}
      </Text>
      <Stack gap="md" align="flex-start" mt="sm">
        <Code className={css.code}>{shop.publishableKey}</Code>
        <May least="owner">
          <Button variant="light" color="red" onClick={() => setAsking(true)}>
            {t.install.rotate}
          </Button>
        </May>
      </Stack>
      <Confirm
        opened={asking}
        title={t.install.rotateTitle}
        body={shop.allowedOrigins.length > 0 ? t.install.rotateBody : t.install.rotateNoPages}
        action={t.install.rotateConfirm}
        busy={rotate.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          rotate.mutate(
            {},
            {
              onSuccess: () => notice.done(t.install.rotated),
              onError: notice.failed,
              onSettled: () => setAsking(false),
            },
          )
        }
      >
        {shop.allowedOrigins.length > 0 && (
          <ul className={css.pages}>
            {shop.allowedOrigins.map((origin) => (
              <li key={origin}>{origin}</li>
            ))}
          </ul>
        )}
      </Confirm>
    </Card>
  );
}
