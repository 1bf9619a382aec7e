import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Button, Card, Code, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useLook, useRotateIdentitySecret } from "../../api/widget";
import type { Tenant } from "../../gen/storebot/v1/tenant_pb";
import { useFormat, useText } from "../../i18n/language";
import { Confirm } from "../../part/confirm";
import { Copy } from "../../part/copy";
import { May } from "../../part/may";
import { useNotice } from "../../part/notice";
import css from "./install.module.css";

/** signing is how a shop's server signs who a shopper is. */
const signing = (shopId: string) => `import { createHmac } from "node:crypto";

const expires = Math.floor(Date.now() / 1000) + 24 * 3600;
const signature = createHmac("sha256", process.env.STOREBOT_IDENTITY_SECRET)
  .update(["${shopId}", user.id, expires].join("\\n"))
  .digest("hex");`;

const attributes = 'data-user="…" data-expires="…" data-signature="…"';

/** Identity gives the shop the secret with which it signs who a shopper is, each one once. */
export function Identity({ shop }: { shop: Tenant }) {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const look = useLook();
  const rotate = useRotateIdentitySecret();
  const [asking, setAsking] = useState(false);
  if (!look.data) return null;
  const since = look.data.identitySecretSince;
  const secret = rotate.data?.secret;
  const make = () => rotate.mutate({}, { onError: notice.failed, onSettled: () => setAsking(false) });
  return (
    <Card>
      <Title order={2}>{t.widget.identity}</Title>
      <Text size="sm" c="dimmed" mt={4}>
        {t.widget.identityLead}
      </Text>
      <Stack gap="md" align="flex-start" mt="sm">
        {secret ? (
          <>
            <Text size="sm" fw={550} role="status">
              {t.widget.identityOnce}
            </Text>
            <Code className={css.code}>{secret}</Code>
            <Copy text={secret} />
          </>
        ) : (
          <Text size="sm">
            {since > 0n
              ? t.widget.identitySince(format.ago(timestampFromMs(Number(since) * 1000)))
              : t.widget.identityNone}
          </Text>
        )}
        <May least="owner">
          <Button
            variant="light"
            color={since > 0n ? "red" : undefined}
            loading={rotate.isPending}
            onClick={() => (since > 0n ? setAsking(true) : make())}
          >
            {since > 0n ? t.widget.identityRotate : t.widget.identityMake}
          </Button>
        </May>
        {since > 0n && (
          <>
            <Text size="sm">{t.widget.identityCode}</Text>
            <Code block className={css.code} tabIndex={0}>
              {signing(shop.id)}
            </Code>
            <Text size="sm">{t.widget.identityPage}</Text>
            <Code block className={css.code} tabIndex={0}>
              {attributes}
            </Code>
          </>
        )}
      </Stack>
      <Confirm
        opened={asking}
        title={t.widget.identityRotateTitle}
        body={t.widget.identityRotateBody}
        action={t.widget.identityRotate}
        busy={rotate.isPending}
        onClose={() => setAsking(false)}
        onConfirm={make}
      />
    </Card>
  );
}
