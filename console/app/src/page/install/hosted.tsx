import { Button, Card, Code, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useLook } from "../../api/widget";
import type { Tenant } from "../../gen/storebot/v1/tenant_pb";
import { useText } from "../../i18n/language";
import { Copy } from "../../part/copy";
import { TextLink } from "../../part/link";
import css from "./install.module.css";

const QR = lazy(() => import("./qr"));

/** Hosted shows the shop's chat page: for whoever has no website to put the line into. */
export function Hosted({ shop }: { shop: Tenant }) {
  const t = useText();
  const look = useLook();
  if (!look.data) return null;
  const address = `${window.location.origin}/c/${shop.slug}`;
  return (
    <Card>
      <Title order={2}>{t.widget.hostedTitle}</Title>
      {look.data.hosted ? (
        <>
          <Text size="sm" c="dimmed" mt={4}>
            {t.widget.hostedLead}
          </Text>
          <Group mt="md" gap="xl" align="flex-start">
            <Suspense fallback={<Skeleton height={168} width={168} />}>
              <QR text={address} name={shop.slug} />
            </Suspense>
            <Stack gap="md" className={css.beside}>
              <Code className={css.code}>{address}</Code>
              <Group>
                <Copy text={address} />
                <Button variant="light" component="a" href={address} target="_blank" rel="noreferrer">
                  {t.widget.openPage}
                </Button>
              </Group>
            </Stack>
          </Group>
        </>
      ) : (
        <Text size="sm" mt={4}>
          {t.widget.hostedOff}{" "}
          <TextLink to="/settings/$section" params={{ section: "widget" }} inherit underline="always">
            {t.widget.hostedOn}
          </TextLink>
        </Text>
      )}
    </Card>
  );
}
