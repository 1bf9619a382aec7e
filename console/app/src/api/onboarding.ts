import { createConnectQueryKey, useMutation, useQuery, useTransport } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { OnboardingService, OnboardingStep } from "../gen/storebot/v1/onboarding_pb";

const { getOnboarding, passStep, getStarterPack, stageStarterPack } = OnboardingService.method;

/** steps names the steps as the address and the catalogue do, in their order. */
export const steps = ["shop", "entries", "try", "page", "baseline"] as const;
export type StepName = (typeof steps)[number];

export function stepName(step: OnboardingStep): StepName | undefined {
  return steps[step - OnboardingStep.SHOP];
}

export const stepOf = (name: StepName): OnboardingStep => steps.indexOf(name) + OnboardingStep.SHOP;

/** How often facts are looked at while a step is left: an import that ends, or a page that shows the widget, is told by no click. */
const look = 5000; // ms

/** useOnboarding tells where the set-up stands; facts may be new at every look, and it looks until all is done. */
export function useOnboarding() {
  return useQuery(
    getOnboarding,
    {},
    {
      staleTime: 0,
      refetchInterval: ({ state }) => (state.data?.onboarding?.current ? look : false),
    },
  );
}

/** usePassStep goes on from a step, and puts what the server then says in its place. */
export function usePassStep() {
  const client = useQueryClient();
  const transport = useTransport();
  return useMutation(passStep, {
    onSuccess: (response) =>
      client.setQueryData(
        createConnectQueryKey({ schema: getOnboarding, input: {}, transport, cardinality: "finite" }),
        { $typeName: "storebot.v1.GetOnboardingResponse", onboarding: response.onboarding },
      ),
  });
}

export function useStarterPack(trade: string, language: string) {
  return useQuery(getStarterPack, { trade, language }, { enabled: trade !== "", staleTime: Infinity });
}

export function useStageStarterPack() {
  return useMutation(stageStarterPack);
}
