import { Alert, Button, Group, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { useLogOut, useMe } from "../api/account";
import { useKeepShop, useUsage } from "../api/holding";
import { useLive } from "../api/live";
import { useTenant } from "../api/tenant";
import { useFormat, useText } from "../i18n/language";
import { Icon } from "./icon";
import { useNotice } from "./notice";
import { standings } from "./usage";

/** Banners say what holds for the whole shop: who looks at it, that it ends, that something is used up; and that the server is away. */
export function Banners() {
  return (
    <>
      <Away />
      <Visiting />
      <Deleting />
      <Quotas />
    </>
  );
}

function Banner(props: { grave?: boolean; title: string; body: string; children?: ReactNode }) {
  return (
    <Alert
      mb="lg"
      maw={1120}
      mx="auto"
      variant="light"
      color={props.grave ? "red" : "amber"}
      icon={<Icon name="alert" />}
      title={props.title}
      role="status"
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm">{props.body}</Text>
        {props.children}
      </Group>
    </Alert>
  );
}

/** A break that is mended within this time, in milliseconds, is not spoken of. */
const brief = 2_000;

function Away() {
  const t = useText();
  const { counts, connected } = useLive();
  const away = counts !== undefined && !connected;
  const [told, setTold] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setTold(away), away ? brief : 0);
    return () => clearTimeout(timer);
  }, [away]);
  return told && away ? <Banner title={t.problem.away.title} body={t.problem.away.body} /> : null;
}

function Visiting() {
  const t = useText();
  const format = useFormat();
  const me = useMe();
  const navigate = useNavigate();
  const notice = useNotice();
  const leave = useLogOut();
  if (!me?.visit) return null;
  return (
    <Banner
      title={t.holding.visiting(me.shopName, format.dateTime(me.visit.expiresAt))}
      body={t.holding.visitingBody(me.visit.reason)}
    >
      <Button
        size="xs"
        variant="default"
        onClick={() => leave().then(() => navigate({ to: "/platform/tenants" }), notice.failed)}
      >
        {t.holding.leave}
      </Button>
    </Banner>
  );
}

function Deleting() {
  const t = useText();
  const format = useFormat();
  const notice = useNotice();
  const me = useMe();
  const owner = me?.role === "owner" && !me.visit;
  const shop = useTenant().data?.tenant;
  const keep = useKeepShop();
  if (!shop?.deleteAt) return null;
  return (
    <Banner grave title={t.holding.deleting(format.dateTime(shop.deleteAt))} body={t.holding.deletingBody}>
      {owner && (
        <Button
          size="xs"
          variant="default"
          loading={keep.isPending}
          onClick={() => notice.outcome(keep.mutateAsync({}), () => t.holding.kept)}
        >
          {t.holding.keep}
        </Button>
      )}
    </Banner>
  );
}

const near = 0.8;

function Quotas() {
  const t = useText();
  const format = useFormat();
  const usage = useUsage().data;
  return standings(usage?.usage, usage?.quota)
    .filter(({ share }) => share !== undefined && share >= near)
    .map(({ resource, share = 0 }) => {
      const what = t.holding.resources[resource];
      return share >= 1 ? (
        <Banner
          key={resource}
          grave
          title={t.holding.full(what)}
          body={`${t.holding.fullBody[resource]} ${t.holding.askMore}`}
        />
      ) : (
        <Banner
          key={resource}
          title={t.holding.near(what, format.percent(share))}
          body={t.holding.nearBody}
        />
      );
    });
}
