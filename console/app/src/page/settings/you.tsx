import { Card, Group, Text, Title } from "@mantine/core";
import { useMe } from "../../api/account";
import { useText } from "../../i18n/language";
import { LanguageChoice, SchemeChoice } from "../../part/preference";
import { Password } from "./password";
import { Sessions } from "./sessions";

/** You is what concerns the person at this browser alone. */
export default function You() {
  const t = useText();
  const me = useMe();
  return (
    <>
      <Text>{me && t.settings.signedInAs(me.email)}</Text>
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
      {!me?.visit && <Password />}
      <Sessions />
    </>
  );
}
