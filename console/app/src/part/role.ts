import { useText } from "../i18n/language";

/** roles are what a member can be, the one who may most first. */
export const roles = ["owner", "manager", "agent"] as const;

/** useRoleName says a role in the reader's language. */
export function useRoleName() {
  const t = useText();
  return (role: string) => t.people.roles[role as (typeof roles)[number]] ?? role;
}
