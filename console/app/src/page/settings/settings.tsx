import { Skeleton } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { Suspense } from "react";
import { useMe } from "../../api/account";
import { useText } from "../../i18n/language";
import { Page } from "../../part/page";
import { sections } from "./section";
import css from "./settings.module.css";

/** SettingsPage is the frame of the sections: their list beside the one that the address names. */
export function SettingsPage() {
  const t = useText();
  const me = useMe();
  const { section: name } = useParams({ from: "/inside/settings/$section" });
  const Body = sections.find((one) => one.name === name)?.body;
  return (
    <Page title={t.settings.title} lead={me?.shopName}>
      <div className={css.frame}>
        <nav aria-label={t.settings.sections} className={css.sections}>
          {sections.map((one) => (
            <Link
              key={one.name}
              to="/settings/$section"
              params={{ section: one.name }}
              className={css.section}
              activeProps={{ "aria-current": "page" }}
            >
              {one.label(t)}
            </Link>
          ))}
        </nav>
        <div className={css.body}>
          <Suspense fallback={<Skeleton height={320} radius="lg" />}>{Body && <Body />}</Suspense>
        </div>
      </div>
    </Page>
  );
}
