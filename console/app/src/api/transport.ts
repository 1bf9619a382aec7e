import { Code, ConnectError } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { QueryCache, QueryClient } from "@tanstack/react-query";
import { signedOut } from "./problem";

/** The console and the gateway share one origin; the session cookie goes along by itself. */
export const transport = createConnectTransport({ baseUrl: "/", useBinaryFormat: true });

/** For how long, in milliseconds, what was loaded is shown without asking again; a page may want less. */
export const fresh = 15_000;

const passing = new Set([Code.Unavailable, Code.DeadlineExceeded, Code.Unknown]);

/**
 * newQueryClient repeats only what may pass by itself. onSignedOut is called
 * when the server no longer knows the session.
 */
export function newQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (signedOut(error)) onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: fresh,
        retry: (failures, error) => failures < 2 && passing.has(ConnectError.from(error).code),
      },
    },
  });
}
