import {
  Code,
  ConnectError,
  type ConnectRouter,
  createRouterTransport,
  type ServiceImpl,
} from "@connectrpc/connect";
import { TransportProvider } from "@connectrpc/connect-query";
import { MantineProvider } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { newQueryClient } from "../api/transport";
import { AccountService } from "../gen/storebot/v1/account_pb";
import { AnsweringService } from "../gen/storebot/v1/answering_pb";
import { InboxService } from "../gen/storebot/v1/inbox_pb";
import { InsightService } from "../gen/storebot/v1/insight_pb";
import { KnowledgeService } from "../gen/storebot/v1/knowledge_pb";
import { LearningService } from "../gen/storebot/v1/learning_pb";
import { OnboardingService, OnboardingStep } from "../gen/storebot/v1/onboarding_pb";
import { PlatformService } from "../gen/storebot/v1/platform_pb";
import { ProblemSchema } from "../gen/storebot/v1/problem_pb";
import { ProductService } from "../gen/storebot/v1/product_pb";
import { TenantService } from "../gen/storebot/v1/tenant_pb";
import { WidgetService } from "../gen/storebot/v1/widget_pb";
import { en } from "../i18n/en";
import { Speak } from "../i18n/language";
import { newRouter } from "../router";
import { cssVariables, theme } from "../theme";

export type Services = {
  account?: Partial<ServiceImpl<typeof AccountService>>;
  tenant?: Partial<ServiceImpl<typeof TenantService>>;
  widget?: Partial<ServiceImpl<typeof WidgetService>>;
  knowledge?: Partial<ServiceImpl<typeof KnowledgeService>>;
  product?: Partial<ServiceImpl<typeof ProductService>>;
  learning?: Partial<ServiceImpl<typeof LearningService>>;
  inbox?: Partial<ServiceImpl<typeof InboxService>>;
  onboarding?: Partial<ServiceImpl<typeof OnboardingService>>;
  answering?: Partial<ServiceImpl<typeof AnsweringService>>;
  insight?: Partial<ServiceImpl<typeof InsightService>>;
  platform?: Partial<ServiceImpl<typeof PlatformService>>;
};

export const me = {
  email: "owner@shop.example",
  role: "owner",
  shopName: "Test Shop",
  language: "en",
  timeZone: "UTC",
};

/** problem makes the error that the gateway sends. */
export function problem(
  code: Code,
  reason: string,
  fields: { path: string; rule: string; message?: string }[] = [],
) {
  return new ConnectError(reason, code, undefined, [{ desc: ProblemSchema, value: { reason, fields } }]);
}

export const signedOut = () => {
  throw problem(Code.Unauthenticated, "unauthenticated");
};

/** onboarding answers that these steps of the set-up are done, and no other. */
export const onboarding = (...done: OnboardingStep[]) => ({
  getOnboarding: () => {
    const { UNSPECIFIED, ...named } = OnboardingStep;
    const all = Object.values(named).filter((step) => typeof step === "number");
    const steps = all.map((step) => ({ step, done: done.includes(step) }));
    return { onboarding: { steps, current: all.find((step) => !done.includes(step)) } };
  },
});

/** openConsole opens an address of the console against a server in this process; what a test does not give answers emptily. */
export function openConsole(path: string, services: Services = {}) {
  const transport = createRouterTransport((router: ConnectRouter) => {
    router.service(AccountService, { whoAmI: () => ({ me }), listSessions: () => ({}), ...services.account });
    router.service(TenantService, { getTenant: () => ({ tenant: {} }), ...services.tenant });
    router.service(WidgetService, { getLook: () => ({ hosted: true }), ...services.widget });
    router.service(KnowledgeService, {
      listEntries: () => ({}),
      listImports: () => ({}),
      getEngine: () => ({ modelState: "ok" }),
      ...services.knowledge,
    });
    router.service(ProductService, { listProducts: () => ({}), ...services.product });
    router.service(LearningService, {
      listGaps: () => ({}),
      getCoverage: () => ({}),
      previewChange: () => ({}),
      ...services.learning,
    });
    router.service(InboxService, {
      listConversations: () => ({}),
      getHours: () => ({}),
      async *watchInbox(_request, { signal }) {
        yield { event: { case: "changed", value: { counts: {} } } };
        await new Promise((done) => signal.addEventListener("abort", done));
      },
      ...services.inbox,
    });
    router.service(OnboardingService, { ...onboarding(), ...services.onboarding });
    router.service(AnsweringService, { getAnswering: () => ({}), ...services.answering });
    router.service(PlatformService, { getAdmin: () => ({ admin: {} }), ...services.platform });
    router.service(InsightService, { getReport: () => ({}), getBaseline: () => ({}), ...services.insight });
  });
  const client = newQueryClient(() => {});
  client.setDefaultOptions({ queries: { retry: false, staleTime: 15_000 } });
  const history = createMemoryHistory({ initialEntries: [`/console${path}`] });
  const router = newRouter({ client, transport }, history);
  notifications.clean();
  render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} env="test">
      <TransportProvider transport={transport}>
        <QueryClientProvider client={client}>
          <Speak start="en" texts={en}>
            <Notifications />
            <RouterProvider router={router} />
          </Speak>
        </QueryClientProvider>
      </TransportProvider>
    </MantineProvider>,
  );
  return { user: userEvent.setup(), address: () => history.location.href, client, history };
}
