import { Alert, Text } from "@mantine/core";
import type { PreviewChangeResponse } from "../../gen/storebot/v1/learning_pb";
import { useText } from "../../i18n/language";
import { Broken } from "../../part/broken";
import { Icon } from "../../part/icon";

/** Foreseen says what the checks became of the shop as an import would make it, before it is made. */
export function Foreseen({ data, isError }: { data?: PreviewChangeResponse; isError: boolean }) {
  const words = useText().checks.preview;
  if (isError)
    return (
      <Alert color="amber" variant="light" icon={<Icon name="info" />}>
        {words.unasked}
      </Alert>
    );
  if (data && data.broken.length > 0) return <Broken report={data} />;
  const asked = (data?.checks ?? 0) + (data?.helpful ?? 0);
  return (
    <Text size="sm" c="dimmed" role="status">
      {!data ? words.asking : asked > 0 && words.fine(asked)}
      {data && data.mended.length > 0 && ` ${words.mends(data.mended.length)}`}
    </Text>
  );
}
