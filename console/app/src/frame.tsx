import {
  ActionIcon,
  AppShell,
  Badge,
  Burger,
  Button,
  Group,
  NativeSelect,
  NavLink,
  Stack,
  Text,
  Tooltip,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { useEnterShop, useLogOut, useMe, useShops } from "./api/account";
import { useWatch } from "./api/inbox";
import { useGaps } from "./api/learning";
import { useCalling, useLive } from "./api/live";
import { useOnboarding } from "./api/onboarding";
import { EngineBanner } from "./engine";
import css from "./frame.module.css";
import { InZone, useFormat, useText } from "./i18n/language";
import { useAbove } from "./part/above";
import { Banners } from "./part/banners";
import { Icon, type IconName, Mark } from "./part/icon";
import { useNotice } from "./part/notice";
import { LanguageChoice } from "./part/preference";

const pages = [
  { to: "/", name: "home", icon: "home" },
  { to: "/figures", name: "figures", icon: "chart" },
  { to: "/knowledge", name: "knowledge", icon: "knowledge" },
  { to: "/products", name: "products", icon: "product" },
  { to: "/try", name: "try", icon: "chat" },
  { to: "/inbox", name: "inbox", icon: "inbox" },
  { to: "/gaps", name: "gaps", icon: "gap" },
  { to: "/checks", name: "checks", icon: "check" },
  { to: "/install", name: "install", icon: "install" },
  { to: "/settings", name: "settings", icon: "settings" },
] as const satisfies readonly { to: string; name: string; icon: IconName }[];

/** Frame is what stands around every page, whose times are by the shop's clock. */
export function Frame() {
  return (
    <InZone timeZone={useMe()?.timeZone}>
      <Around />
    </InZone>
  );
}

/** Around is navigation, the shop, and the engine's state. */
function Around() {
  const t = useText();
  const [opened, { toggle, close }] = useDisclosure(false);
  const gaps = useGaps(1, true).data?.total ?? 0;
  useWatch();
  const { waiting = 0, unread = 0 } = useLive().counts ?? {};
  const calling = useCalling();
  const above = useAbove();
  const path = useRouterState({ select: (state) => state.location.pathname });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu
  useEffect(close, [path]);

  const badges: Partial<Record<NavPage["name"], PageBadge>> = {
    gaps: { count: gaps, label: t.gaps.total(gaps) },
    inbox: { count: calling, label: t.inbox.badge(waiting, unread) },
  };

  return (
    <AppShell
      header={{ height: 56, collapsed: false, offset: true }}
      navbar={{ width: 236, breakpoint: "sm", collapsed: { mobile: !opened } }}
      layout="alt"
      withBorder={false}
      classNames={{ header: css.header, navbar: css.navbar, main: css.main }}
    >
      <a href="#content" className={css.skip}>
        {t.app.skip}
      </a>
      <AppShell.Header hiddenFrom="sm">
        <Group h="100%" px="md" justify="space-between">
          <Group gap="xs">
            <Mark size={26} />
            <Text fw={620}>{t.app.name}</Text>
          </Group>
          <Burger opened={opened} onClick={toggle} size="sm" aria-label={t.app.menu} aria-expanded={opened} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar aria-label={t.app.navigation}>
        <Group justify="space-between" px="md" h={64}>
          <Group gap="xs">
            <Mark />
            <Text fw={620} size="lg">
              {t.app.name}
            </Text>
          </Group>
          <Burger opened onClick={toggle} size="sm" hiddenFrom="sm" aria-label={t.app.close} />
        </Group>
        <Stack gap={2} px="xs" className={css.links}>
          {pages.map((page) => (
            <PageLink key={page.to} page={page} path={path} badge={badges[page.name]} />
          ))}
        </Stack>
        <SetUp />
        <Account />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        {/* It loads meanwhile; what is not seen cannot jump. */}
        <div className={above ? undefined : css.unseen}>
          <Banners />
          <EngineBanner home={path === "/"} />
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}

type NavPage = (typeof pages)[number];
type PageBadge = { count: number; label: string };

function PageLink({ page, path, badge }: { page: NavPage; path: string; badge?: PageBadge }) {
  const t = useText();
  const format = useFormat();
  const active = page.to === "/" ? path === "/" : path.startsWith(page.to);
  return (
    <NavLink
      component={Link}
      to={page.to}
      label={t.nav[page.name]}
      leftSection={<Icon name={page.icon} />}
      rightSection={
        badge &&
        badge.count > 0 && (
          <Badge size="sm" variant="light" color="amber" aria-label={badge.label}>
            {format.number(badge.count)}
          </Badge>
        )
      }
      active={active}
      aria-current={active ? "page" : undefined}
      className={css.link}
    />
  );
}

/** SetUp leads back to the set-up from every page, until it is done. */
function SetUp() {
  const t = useText();
  const onboarding = useOnboarding().data?.onboarding;
  if (!onboarding?.current) return null;
  const done = onboarding.steps.filter((step) => step.done).length;
  return (
    <Button component={Link} to="/start" variant="light" mx="md" my="xs">
      {t.start.pill(done, onboarding.steps.length)}
    </Button>
  );
}

/** ShopChoice names the shop; whoever works in several changes to another by it. */
function ShopChoice() {
  const t = useText();
  const me = useMe();
  const navigate = useNavigate();
  const notice = useNotice();
  const shops = useShops();
  const enter = useEnterShop();
  if (shops.length < 2)
    return (
      <Text size="sm" fw={550} truncate>
        {me?.shopName}
      </Text>
    );
  return (
    <NativeSelect
      aria-label={t.app.shop}
      size="xs"
      value={me?.tenantId}
      disabled={enter.isPending}
      data={shops.map((shop) => ({
        value: shop.tenantId,
        label: shop.suspended ? t.app.suspendedShop(shop.name) : shop.name,
        disabled: shop.suspended,
      }))}
      onChange={(event) =>
        enter.mutate(
          { tenantId: event.currentTarget.value },
          { onSuccess: () => navigate({ to: "/", reloadDocument: true }), onError: notice.failed },
        )
      }
    />
  );
}

function Account() {
  const t = useText();
  const me = useMe();
  const navigate = useNavigate();
  const notice = useNotice();
  const logOut = useLogOut();
  return (
    <Stack gap="sm" p="md" className={css.account}>
      <LanguageChoice />
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <div className={css.who}>
          <ShopChoice />
          <Text size="xs" c="dimmed" truncate>
            {me?.email}
          </Text>
        </div>
        <Tooltip label={t.app.logOut}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t.app.logOut}
            onClick={() => logOut().then(() => navigate({ to: "/login" }), notice.failed)}
          >
            <Icon name="logOut" />
          </ActionIcon>
        </Tooltip>
      </Group>
    </Stack>
  );
}
