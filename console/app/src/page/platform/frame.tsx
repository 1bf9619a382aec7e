import { Button, Group, Text } from "@mantine/core";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { useAdmin, useLogOutAdmin } from "../../api/platform";
import { problemOf, signedOut } from "../../api/problem";
import { useText } from "../../i18n/language";
import { Failed } from "../../part/empty";
import { Mark } from "../../part/icon";
import { useNotice } from "../../part/notice";
import { LanguageChoice } from "../../part/preference";
import { PlatformLogIn } from "./login";
import css from "./platform.module.css";

const pages = ["tenants", "audit", "state"] as const;

/** PlatformFrame is what stands around the pages of those who run the installation. */
export function PlatformFrame() {
  const t = useText();
  const admin = useAdmin();
  const navigate = useNavigate();
  const notice = useNotice();
  const logOut = useLogOutAdmin();
  if (admin.isError && (signedOut(admin.error) || problemOf(admin.error)?.reason === "platform_off"))
    return <PlatformLogIn />;
  return (
    <div className={css.ground}>
      <header className={css.top}>
        <Group gap="xs">
          <Mark />
          <Text fw={620} size="lg">
            {t.platform.title}
          </Text>
        </Group>
        <nav aria-label={t.platform.navigation} className={css.pages}>
          {pages.map((name) => (
            <Link
              key={name}
              to={`/platform/${name}`}
              className={css.page}
              activeProps={{ "aria-current": "page" }}
            >
              {t.platform.pages[name]}
            </Link>
          ))}
        </nav>
        <Group gap="sm">
          <Text size="sm" c="dimmed" className={css.who}>
            {admin.data?.admin?.email}
          </Text>
          <LanguageChoice />
          <Button
            variant="default"
            size="sm"
            onClick={() => logOut().then(() => navigate({ to: "/platform" }), notice.failed)}
          >
            {t.app.logOut}
          </Button>
        </Group>
      </header>
      <main className={css.main} tabIndex={-1}>
        {admin.isError ? <Failed error={admin.error} onRetry={admin.refetch} /> : admin.data && <Outlet />}
      </main>
    </div>
  );
}
