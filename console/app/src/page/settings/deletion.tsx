import { Button, Card, Group, Modal, Stack, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { useDeleteShop } from "../../api/holding";
import { problemText } from "../../api/problem";
import type { Tenant } from "../../gen/storebot/v1/tenant_pb";
import { useText } from "../../i18n/language";

/** Deletion takes the shop off at once and has it deleted later, after its name was typed. */
export function Deletion({ shop }: { shop: Tenant }) {
  const t = useText();
  const remove = useDeleteShop();
  const [asking, setAsking] = useState(false);
  const [name, setName] = useState("");
  const close = () => {
    setAsking(false);
    setName("");
    remove.reset();
  };
  if (shop.deleteAt) return null; // the banner says it, and how to keep the shop
  return (
    <Card>
      <Title order={2}>{t.holding.delete}</Title>
      <Text size="sm" c="dimmed" mt={4} mb="md">
        {t.holding.deleteHint}
      </Text>
      <Button variant="light" color="red" w="fit-content" onClick={() => setAsking(true)}>
        {t.holding.deleteAct}
      </Button>
      <Modal
        opened={asking}
        onClose={close}
        title={t.holding.deleteTitle(shop.name)}
        centered
        closeButtonProps={{ "aria-label": t.app.close }}
      >
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            remove.mutate({ name }, { onSuccess: close });
          }}
        >
          <Stack>
            <Text size="sm">{t.holding.deleteBody}</Text>
            <TextInput
              label={t.holding.deleteName}
              autoComplete="off"
              data-autofocus
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={remove.error && problemText(remove.error, t)}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t.act.cancel}
              </Button>
              <Button type="submit" color="red" loading={remove.isPending}>
                {t.holding.deleteAct}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </Card>
  );
}
