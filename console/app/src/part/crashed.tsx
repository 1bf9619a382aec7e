import { Button, Center } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import { problemText } from "../api/problem";
import { useText } from "../i18n/language";
import { Empty } from "./empty";
import { TextLink } from "./link";

/** Crashed stands in for a page that failed; the rest of the console goes on. */
export function Crashed({ error }: { error: unknown }) {
  const t = useText();
  const router = useRouter();
  return (
    <Center component="main" mih="60vh">
      <Empty alone icon="alert" title={t.problem.crashed} body={problemText(error, t)}>
        <Button variant="default" mt="xs" onClick={() => router.invalidate()}>
          {t.act.retry}
        </Button>
      </Empty>
    </Center>
  );
}

/** Missing is for an address that leads nowhere. */
export function Missing() {
  const t = useText();
  return (
    <Center component="main" mih="60vh">
      <Empty alone icon="search" title={t.problem.pageMissing} body="">
        <TextLink to="/">{t.problem.toHome}</TextLink>
      </Empty>
    </Center>
  );
}
