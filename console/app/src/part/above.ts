import { useUsage } from "../api/holding";
import { useEngine } from "../api/knowledge";
import { useTenant } from "../api/tenant";

/**
 * useAbove tells whether it is known what stands above every page, such as a quota that is used up: until then
 * a page that is shown would be pushed down by it. What cannot be learnt at the first try is not waited for.
 */
export function useAbove(): boolean {
  const asked = [useEngine(), useTenant(), useUsage()];
  return asked.every((one) => !one.isPending || one.failureCount > 0);
}
