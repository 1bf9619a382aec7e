import { Button, Menu } from "@mantine/core";
import { useState } from "react";
import { useText } from "../i18n/language";
import { download } from "./download";
import { Icon } from "./icon";
import { useNotice } from "./notice";

type File = { fileName: string; contentType: string; content: Uint8Array };

/** ExportMenu hands a list out as a file of the chosen kind. */
export function ExportMenu(props: {
  disabled: boolean;
  fetchFile: (kind: "csv" | "xlsx") => Promise<File | undefined>;
}) {
  const t = useText();
  const notice = useNotice();
  const [busy, setBusy] = useState(false);
  const save = async (kind: "csv" | "xlsx") => {
    setBusy(true);
    try {
      const file = await props.fetchFile(kind);
      if (!file) return;
      download(file.fileName, file.contentType, file.content as BlobPart);
      notice.done(t.knowledge.exported(file.fileName));
    } catch (error) {
      notice.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          disabled={props.disabled}
          loading={busy}
          leftSection={<Icon name="download" size={18} />}
        >
          {t.knowledge.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save("csv")}>{t.knowledge.exportCsv}</Menu.Item>
        <Menu.Item onClick={() => save("xlsx")}>{t.knowledge.exportXlsx}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
