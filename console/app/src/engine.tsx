import { Alert, Text } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { useEngine } from "./api/knowledge";
import { useText } from "./i18n/language";
import { Icon } from "./part/icon";

/**
 * EngineBanner says when something less than the whole engine answers. That no
 * model is connected is a choice: it is said on the overview alone, until it is
 * put away in this browser. A model that is connected and fails is said everywhere.
 */
export function EngineBanner({ home }: { home: boolean }) {
  const t = useText();
  const engine = useEngine().data;
  const [hidden, hide] = useLocalStorage({
    key: "storebot-engine-off",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  if (!engine || engine.modelState === "ok" || engine.modelState === "") return null;
  const off = engine.modelState === "off";
  if (off && (hidden || !home)) return null;
  return (
    <Alert
      mb="lg"
      maw={1120}
      mx="auto"
      variant="light"
      color={off ? "gray" : "amber"}
      icon={<Icon name={off ? "info" : "alert"} />}
      title={off ? t.engine.offTitle : t.engine.degradedTitle}
      withCloseButton={off}
      closeButtonLabel={t.engine.hide}
      onClose={() => hide(true)}
      role="status"
    >
      <Text size="sm">{off ? t.engine.offBody : t.engine.degradedBody}</Text>
    </Alert>
  );
}
