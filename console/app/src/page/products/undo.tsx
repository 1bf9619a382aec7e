import { Badge, Text } from "@mantine/core";
import { useProductImports, useUndoProductImport } from "../../api/product";
import type { ProductImport } from "../../gen/storebot/v1/product_pb";
import { useFormat, useText } from "../../i18n/language";
import { useNotice } from "../../part/notice";
import { Earlier } from "../import/earlier";
import { Undoing } from "../import/undoing";

/** UndoImport takes an import back that was just made; nothing for one that changed nothing. */
export function UndoImport({ id }: { id: string }) {
  const one = useProductImports().data?.imports.find((made) => made.id === id);
  return one ? <Undo one={one} /> : null;
}

function Undo({ one }: { one: ProductImport }) {
  const t = useText();
  const notice = useNotice();
  const undo = useUndoProductImport();
  const words = t.products.importing;
  return (
    <Undoing
      undoneAt={one.undoneAt}
      undoUntil={one.undoUntil && stillOpen(one) ? one.undoUntil : undefined}
      undone={words.undone(one.removed, one.restored, one.kept)}
      body={words.undoBody(one.created, one.updated)}
      busy={undo.isPending}
      onUndo={() => undo.mutateAsync({ id: one.id }).catch(notice.failed)}
    />
  );
}

function stillOpen(one: ProductImport): boolean {
  return Number(one.undoUntil?.seconds ?? 0n) * 1000 > Date.now();
}

/** RecentImports lists earlier imports of products, each to be taken back for a time. */
export function RecentImports() {
  const t = useText();
  const format = useFormat();
  const imports = useProductImports().data?.imports ?? [];
  return (
    <Earlier
      imports={imports}
      row={(one) => (
        <>
          <div>
            <Text size="sm" fw={550}>
              {one.fileName}
            </Text>
            <Text size="sm" c="dimmed">
              {t.products.importing.did(one.created, one.updated)} · {format.ago(one.createdAt)}
            </Text>
          </div>
          {one.undoneAt ? (
            <Badge variant="light" color="gray" tt="none">
              {t.import.undoneTitle(format.date(one.undoneAt))}
            </Badge>
          ) : (
            <Undo one={one} />
          )}
        </>
      )}
    />
  );
}
