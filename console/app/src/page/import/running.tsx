import { Alert } from "@mantine/core";
import { useImportProgress, useImports } from "../../api/knowledge";
import { ImportState, Subject } from "../../gen/storebot/v1/knowledge_pb";
import { useText } from "../../i18n/language";
import { Icon } from "../../part/icon";
import { ButtonLink } from "../../part/link";

/** RunningImport leads back to an import that is going on; at its end what it stored is loaded. */
export function RunningImport({ of }: { of: Subject.ENTRIES | Subject.PRODUCTS }) {
  const t = useText();
  const running = useImports(of).data?.pages[0]?.imports.find((one) => one.state === ImportState.RUNNING);
  useImportProgress(running?.id ?? "", running !== undefined);
  if (!running) return null;
  return (
    <Alert
      variant="light"
      color="pine"
      icon={<Icon name="upload" />}
      title={t.knowledge.importing(running.fileName)}
    >
      <ButtonLink
        to={of === Subject.PRODUCTS ? "/products/import/$importId" : "/knowledge/import/$importId"}
        params={{ importId: running.id }}
        size="compact-sm"
        variant="light"
      >
        {t.knowledge.importingAction}
      </ButtonLink>
    </Alert>
  );
}
