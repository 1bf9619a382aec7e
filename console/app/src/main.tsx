import "./style";
import { TransportProvider } from "@connectrpc/connect-query";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { newQueryClient, transport } from "./api/transport";
import { loadCatalogue } from "./i18n/catalogue";
import { firstLanguage, Speak } from "./i18n/language";
import { keepFocus } from "./part/keepfocus";
import { newRouter } from "./router";
import { cssVariables, theme } from "./theme";

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
// The scroll lock under drawers and dialogs puts a style element in place; it reads its nonce from here.
Object.assign(window, { __webpack_nonce__: nonce });

const client = newQueryClient(() => {
  // The platform's pages have a log-in of their own.
  if (router.state.location.pathname !== "/login" && !/^\/platform/.test(router.state.location.pathname)) {
    client.clear();
    void router.navigate({ to: "/login", search: { next: router.state.location.publicHref } });
  }
});
const router = newRouter({ client, transport });

async function start() {
  keepFocus(document);
  const language = firstLanguage();
  const texts = await loadCatalogue(language);
  const root = document.getElementById("root");
  if (!root) throw new Error("index.html has no #root");
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <TransportProvider transport={transport}>
          <QueryClientProvider client={client}>
            <Speak start={language} texts={texts}>
              <Notifications position="bottom-right" />
              <RouterProvider router={router} />
            </Speak>
          </QueryClientProvider>
        </TransportProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

void start();
