// Calls the server under test as the widget and the console do, for what a
// test needs around the part that it drives in the browser.
import { randomUUID } from "node:crypto";
import { type Client, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { AccountService } from "../app/src/gen/storebot/v1/account_pb";
import { AnsweringService } from "../app/src/gen/storebot/v1/answering_pb";
import { InboxService } from "../app/src/gen/storebot/v1/inbox_pb";
import { InsightService } from "../app/src/gen/storebot/v1/insight_pb";
import { KnowledgeService } from "../app/src/gen/storebot/v1/knowledge_pb";
import { LearningService } from "../app/src/gen/storebot/v1/learning_pb";
import { OnboardingService } from "../app/src/gen/storebot/v1/onboarding_pb";
import { PlatformService } from "../app/src/gen/storebot/v1/platform_pb";
import { ProductService } from "../app/src/gen/storebot/v1/product_pb";
import { type Done, ShopperService } from "../app/src/gen/storebot/v1/shopper_pb";
import { TenantService } from "../app/src/gen/storebot/v1/tenant_pb";
import { WidgetService } from "../app/src/gen/storebot/v1/widget_pb";
import { address } from "./fixture";

/** Cookie is a session in the form that a browser context takes. */
export type Cookie = { name: string; value: string; url: string };

/** Merchant is somebody who is signed in. */
export type Merchant = {
  cookie: Cookie;
  account: Client<typeof AccountService>;
  tenant: Client<typeof TenantService>;
  knowledge: Client<typeof KnowledgeService>;
  learning: Client<typeof LearningService>;
  insight: Client<typeof InsightService>;
  inbox: Client<typeof InboxService>;
  onboarding: Client<typeof OnboardingService>;
  widget: Client<typeof WidgetService>;
  product: Client<typeof ProductService>;
  answering: Client<typeof AnsweringService>;
};

/** clients call every service, with the session that the last reply gave. */
export function clients(base = address()) {
  let cookie: Cookie | undefined;
  const transport = createConnectTransport({
    baseUrl: base,
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers);
      if (cookie) headers.set("Cookie", `${cookie.name}=${cookie.value}`);
      const response = await fetch(input, { ...init, headers });
      const given = /^([^=]+)=([^;]*)/.exec(response.headers.get("set-cookie") ?? "");
      if (given?.[1] && given[2]) cookie = { name: given[1], value: given[2], url: base };
      return response;
    },
  });
  return {
    get cookie(): Cookie {
      if (!cookie) throw new Error("not signed in");
      return cookie;
    },
    account: createClient(AccountService, transport),
    tenant: createClient(TenantService, transport),
    knowledge: createClient(KnowledgeService, transport),
    learning: createClient(LearningService, transport),
    insight: createClient(InsightService, transport),
    inbox: createClient(InboxService, transport),
    onboarding: createClient(OnboardingService, transport),
    widget: createClient(WidgetService, transport),
    product: createClient(ProductService, transport),
    answering: createClient(AnsweringService, transport),
    platform: createClient(PlatformService, transport),
  };
}

/** demoMerchant is the owner of the demo shop. */
export async function demoMerchant(): Promise<Merchant> {
  const merchant = clients();
  await merchant.account.logIn({
    email: process.env.STOREBOT_DEMO_EMAIL,
    password: process.env.STOREBOT_DEMO_PASSWORD,
  });
  return merchant;
}

export const password = "ten characters or more";

/** newMerchant founds a shop of its own, on the server under test unless another is named. */
export async function newMerchant(shopName: string, base = address()): Promise<Merchant & { email: string }> {
  const email = `owner-${randomUUID()}@shop.example`;
  const merchant = clients(base);
  await merchant.account.signUp({ shopName, email, password, language: "en", timeZone: "Asia/Taipei" });
  return Object.assign(merchant, { email });
}

/** colleague joins the merchant's shop. */
export async function colleague(
  merchant: Merchant,
  role: "manager" | "agent" = "manager",
): Promise<Merchant & { email: string }> {
  const email = `${role}-${randomUUID()}@shop.example`;
  const { token } = await merchant.tenant.invite({ email, role });
  const joined = clients();
  await joined.account.acceptInvitation({ token, password });
  return Object.assign(joined, { email });
}

/** demoKey is the publishable key in the demo shop's page. */
export async function demoKey(): Promise<string> {
  const page = await (await fetch(`${address()}/demo/`)).text();
  return /data-key="([^"]+)"/.exec(page)?.[1] ?? "";
}

/** shopper talks to a shop as the widget on a page of origin does. */
export function shopper(key: string, origin = address(), base = address()) {
  const transport = createConnectTransport({
    baseUrl: base,
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set("Origin", origin);
      return fetch(`${input}?key=${encodeURIComponent(key)}`, { ...init, headers });
    },
  });
  const client = createClient(ShopperService, transport);
  return {
    client,
    /** start opens a conversation and returns its token. */
    async start(language = "en"): Promise<string> {
      return (await client.startConversation({ language })).conversationToken;
    },
    /** ask returns the reply, and the message's id under which it is stored. */
    async ask(conversationToken: string, question: string): Promise<{ done?: Done; messageId: string }> {
      let done: Done | undefined;
      let messageId = "";
      for await (const { event } of client.ask({ conversationToken, clientKey: randomUUID(), question })) {
        if (event.case === "done") done = event.value;
        if (event.case === "accepted") messageId = event.value.messageId;
      }
      return { done, messageId };
    },
    /** authors says who wrote the stored messages of a conversation, in order. */
    async authors(conversationToken: string): Promise<string[]> {
      const { messages } = await client.listMessages({ conversationToken });
      return messages.map((message) => message.author);
    },
  };
}
