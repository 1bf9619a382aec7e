import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useText } from "../i18n/language";

/** PasswordField is a password that can be looked at, and that says when it is refused to those who hear the page too. */
export function PasswordField(props: PasswordInputProps) {
  const t = useText();
  return (
    <PasswordInput
      visibilityToggleButtonProps={{ "aria-label": t.enter.showPassword }}
      aria-invalid={props.error ? true : undefined}
      {...props}
    />
  );
}
