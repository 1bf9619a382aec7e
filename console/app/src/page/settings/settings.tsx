import { Card, Group, Skeleton, Text, Title } from "@mantine/core";
import { useMe } from "../../api/account";
import { useTenant } from "../../api/tenant";
import { useText } from "../../i18n/language";
import { Failed } from "../../part/empty";
import { Page } from "../../part/page";
import { LanguageChoice, SchemeChoice } from "../../part/preference";
import { Sessions } from "./session";
import { ShopForm } from "./shop";

export function SettingsPage() {
  const t = useText();
  const me = useMe();
  const tenant = useTenant();
  const shop = tenant.data?.tenant;
  return (
    <Page title={t.settings.title} lead={me && t.settings.signedInAs(me.email)} narrow>
      {tenant.isError ? (
        <Failed error={tenant.error} onRetry={tenant.refetch} />
      ) : shop ? (
        <ShopForm key={shop.id} shop={shop} />
      ) : (
        <Skeleton height={440} radius="lg" />
      )}
      <Card>
        <Title order={2}>{t.settings.appearance}</Title>
        <Text size="sm" c="dimmed" mt={4} mb="md">
          {t.settings.appearanceHint}
        </Text>
        <Group align="flex-end" gap="lg">
          <LanguageChoice withLabel />
          <SchemeChoice />
        </Group>
      </Card>
      <Sessions />
    </Page>
  );
}
