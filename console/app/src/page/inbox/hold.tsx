import { Button, Group, Menu, Text, Tooltip } from "@mantine/core";
import { useClose, useHandBack, useTakeOver } from "../../api/inbox";
import type { Conversation } from "../../gen/storebot/v1/inbox_pb";
import { ConversationState } from "../../gen/storebot/v1/shopper_pb";
import { useText } from "../../i18n/language";
import { May } from "../../part/may";
import { useNotice } from "../../part/notice";
import css from "./inbox.module.css";
import { composerId, focusOn } from "./keys";
import { closings, outcomeName } from "./word";

/** Hold says who has a conversation, and lets a person take it, hand it back and close it. */
export function Hold({ talk }: { talk: Conversation }) {
  const t = useText();
  const notice = useNotice();
  const takeOver = useTakeOver();
  const handBack = useHandBack();
  const close = useClose();
  const failed = { onError: notice.failed };
  const staff = talk.state === ConversationState.STAFF;
  const outcome = outcomeName(talk.outcome);
  const now = () => {
    if (staff && talk.mine) return t.inbox.mineNow;
    if (staff) return talk.owner?.email ? t.inbox.taken(talk.owner.email) : t.inbox.takenFormer;
    if (talk.state === ConversationState.WAITING) return t.inbox.waitsNow;
    return outcome ? t.inbox.closedNow(t.inbox.outcome[outcome]) : t.inbox.botNow;
  };
  return (
    <Group justify="space-between" gap="sm" className={css.hold}>
      <Text size="sm" className={css.grow} role="status">
        {now()}
      </Text>
      <May least="agent">
        <Group gap="xs">
          {!(staff && talk.mine) && (
            <Tooltip label={t.inbox.takeOverHint}>
              <Button
                size="sm"
                loading={takeOver.isPending}
                onClick={() =>
                  takeOver.mutate({ id: talk.id }, { ...failed, onSuccess: () => focusOn(composerId) })
                }
              >
                {staff ? t.inbox.takeFrom : t.inbox.takeOver}
              </Button>
            </Tooltip>
          )}
          {(staff || talk.state === ConversationState.WAITING) && (
            <Tooltip label={t.inbox.handBackHint}>
              <Button
                size="sm"
                variant="default"
                loading={handBack.isPending}
                onClick={() => handBack.mutate({ id: talk.id }, failed)}
              >
                {t.inbox.handBack}
              </Button>
            </Tooltip>
          )}
          {talk.state !== ConversationState.CLOSED && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button size="sm" variant="default" loading={close.isPending}>
                  {t.inbox.close}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Label>{t.inbox.closeAs}</Menu.Label>
                {closings.map((one) => {
                  const name = outcomeName(one);
                  return (
                    <Menu.Item key={one} onClick={() => close.mutate({ id: talk.id, outcome: one }, failed)}>
                      {name && t.inbox.outcome[name]}
                    </Menu.Item>
                  );
                })}
              </Menu.Dropdown>
            </Menu>
          )}
        </Group>
      </May>
    </Group>
  );
}
