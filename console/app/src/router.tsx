import type { Transport } from "@connectrpc/connect";
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";
import { fetchMe } from "./api/account";
import { signedOut } from "./api/problem";
import { readChecks } from "./page/checks/search";
import { readProducts } from "./page/products/search";
import { hasSection } from "./page/settings/section";
import { Crashed, Missing } from "./part/crashed";
import {
  readAudit,
  readFigures,
  readGaps,
  readHome,
  readImport,
  readInbox,
  readKnowledge,
  readLogIn,
  readTenants,
} from "./search";

type Context = { client: QueryClient; transport: Transport };

const root = createRootRouteWithContext<Context>()({ notFoundComponent: Missing, errorComponent: Crashed });

const logIn = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: readLogIn,
  component: lazyRouteComponent(() => import("./page/login"), "LogInPage"),
});

const signUp = createRoute({
  getParentRoute: () => root,
  path: "/signup",
  component: lazyRouteComponent(() => import("./page/signup"), "SignUpPage"),
});

const forgot = createRoute({
  getParentRoute: () => root,
  path: "/forgot",
  component: lazyRouteComponent(() => import("./page/reset"), "ForgotPage"),
});

const reset = createRoute({
  getParentRoute: () => root,
  path: "/reset",
  component: lazyRouteComponent(() => import("./page/reset"), "ResetPage"),
});

const join = createRoute({
  getParentRoute: () => root,
  path: "/join",
  component: lazyRouteComponent(() => import("./page/join"), "JoinPage"),
});

// The pages of those who run the installation; none is loaded with the merchant's.
const platform = createRoute({
  getParentRoute: () => root,
  id: "operator",
  component: lazyRouteComponent(() => import("./page/platform/frame"), "PlatformFrame"),
});

const platformHome = createRoute({
  getParentRoute: () => root,
  path: "/platform",
  beforeLoad: () => {
    throw redirect({ to: "/platform/tenants", replace: true });
  },
});

const platformLink = createRoute({
  getParentRoute: () => root,
  path: "/platform/link",
  component: lazyRouteComponent(() => import("./page/platform/login"), "PlatformLinkPage"),
});

const platformTenants = createRoute({
  getParentRoute: () => platform,
  path: "/platform/tenants",
  validateSearch: readTenants,
  component: lazyRouteComponent(() => import("./page/platform/tenants"), "TenantsPage"),
});

const platformAudit = createRoute({
  getParentRoute: () => platform,
  path: "/platform/audit",
  validateSearch: readAudit,
  component: lazyRouteComponent(() => import("./page/platform/audit"), "AuditPage"),
});

const platformState = createRoute({
  getParentRoute: () => platform,
  path: "/platform/state",
  component: lazyRouteComponent(() => import("./page/platform/state"), "StatePage"),
});

const frame = lazyRouteComponent(() => import("./frame"), "Frame");

// Everything below needs somebody who is signed in; who logs in or joins does not wait for its frame.
const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: frame,
  beforeLoad: async ({ context, location }) => {
    void frame.preload?.()?.catch(() => undefined); // on its way while the server is asked; a failure is told where it is shown
    try {
      await fetchMe(context.client, context.transport);
    } catch (error) {
      if (signedOut(error)) throw redirect({ to: "/login", search: { next: location.publicHref } });
      throw error;
    }
  },
});

const checks = createRoute({
  getParentRoute: () => inside,
  path: "/checks",
  validateSearch: readChecks,
  component: lazyRouteComponent(() => import("./page/checks/checks"), "ChecksPage"),
});

const home = createRoute({
  getParentRoute: () => inside,
  path: "/",
  validateSearch: readHome,
  component: lazyRouteComponent(() => import("./page/home/home"), "HomePage"),
});

const startHome = createRoute({
  getParentRoute: () => inside,
  path: "/start",
  component: lazyRouteComponent(() => import("./page/start/start"), "StartPage"),
});

const start = createRoute({
  getParentRoute: () => inside,
  path: "/start/$step",
  component: lazyRouteComponent(() => import("./page/start/start"), "StartPage"),
});

const figures = createRoute({
  getParentRoute: () => inside,
  path: "/figures",
  validateSearch: readFigures,
  component: lazyRouteComponent(() => import("./page/figures/figures"), "FiguresPage"),
});

const knowledge = createRoute({
  getParentRoute: () => inside,
  path: "/knowledge",
  validateSearch: readKnowledge,
  component: lazyRouteComponent(() => import("./page/knowledge/knowledge"), "KnowledgePage"),
});

const importing = createRoute({
  getParentRoute: () => inside,
  path: "/knowledge/import",
  component: lazyRouteComponent(() => import("./page/import/source"), "ImportPage"),
});

const importReview = createRoute({
  getParentRoute: () => inside,
  path: "/knowledge/import/$importId",
  validateSearch: readImport,
  component: lazyRouteComponent(() => import("./page/import/review"), "ImportReviewPage"),
});

const products = createRoute({
  getParentRoute: () => inside,
  path: "/products",
  validateSearch: readProducts,
  component: lazyRouteComponent(() => import("./page/products/products"), "ProductsPage"),
});

const productImport = createRoute({
  getParentRoute: () => inside,
  path: "/products/import",
  component: lazyRouteComponent(() => import("./page/import/source"), "ProductImportPage"),
});

const productReview = createRoute({
  getParentRoute: () => inside,
  path: "/products/import/$importId",
  validateSearch: readImport,
  component: lazyRouteComponent(() => import("./page/import/review"), "ImportReviewPage"),
});

const trying = createRoute({
  getParentRoute: () => inside,
  path: "/try",
  component: lazyRouteComponent(() => import("./page/try/try"), "TryPage"),
});

const gaps = createRoute({
  getParentRoute: () => inside,
  path: "/gaps",
  validateSearch: readGaps,
  component: lazyRouteComponent(() => import("./page/gaps/gaps"), "GapsPage"),
});

const inbox = createRoute({
  getParentRoute: () => inside,
  path: "/inbox",
  validateSearch: readInbox,
  component: lazyRouteComponent(() => import("./page/inbox/inbox"), "InboxPage"),
});

// The page shows the conversation itself, beside the list.
const inboxTalk = createRoute({ getParentRoute: () => inbox, path: "/$conversationId" });

const install = createRoute({
  getParentRoute: () => inside,
  path: "/install",
  component: lazyRouteComponent(() => import("./page/install/install"), "InstallPage"),
});

const settingsHome = createRoute({
  getParentRoute: () => inside,
  path: "/settings",
  beforeLoad: () => {
    throw redirect({ to: "/settings/$section", params: { section: "shop" }, replace: true });
  },
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: "/settings/$section",
  beforeLoad: ({ params }) => {
    if (!hasSection(params.section)) throw notFound();
  },
  component: lazyRouteComponent(() => import("./page/settings/settings"), "SettingsPage"),
});

const tree = root.addChildren([
  logIn,
  signUp,
  forgot,
  reset,
  join,
  platformHome,
  platformLink,
  platform.addChildren([platformTenants, platformAudit, platformState]),
  inside.addChildren([
    checks,
    home,
    startHome,
    start,
    figures,
    knowledge,
    importing,
    importReview,
    products,
    productImport,
    productReview,
    trying,
    gaps,
    inbox.addChildren([inboxTalk]),
    install,
    settingsHome,
    settings,
  ]),
]);

export function newRouter(context: Context, history?: RouterHistory) {
  return createRouter({
    routeTree: tree,
    basepath: "/console",
    context,
    history,
    defaultPreload: "intent",
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
