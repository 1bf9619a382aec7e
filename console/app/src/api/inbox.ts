import { Code, ConnectError, createClient } from "@connectrpc/connect";
import {
  createConnectQueryKey,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useTransport,
} from "@connectrpc/connect-query";
import { keepPreviousData, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { InboxService, InboxView } from "../gen/storebot/v1/inbox_pb";
import { hear } from "./live";
import { byToken } from "./paged";

export { useLive } from "./live";

const method = InboxService.method;

/** useTalks lists a view's conversations; a watch keeps them as they are. */
export function useTalks(view: InboxView) {
  return useInfiniteQuery(
    method.listConversations,
    { view, pageToken: "" },
    {
      ...byToken,
      placeholderData: keepPreviousData,
    },
  );
}

export function useTalk(id: string) {
  return useQuery(method.getConversation, { id }, { staleTime: 0 });
}

/** useSuggestions asks for what may answer the shopper's last words. */
export function useSuggestions(id: string, enabled: boolean) {
  return useQuery(method.suggestReply, { id }, { enabled, staleTime: 60_000 });
}

/** reread has everything read again that shows one of the conversations; all of them without a list. */
function reread(client: QueryClient, ids?: readonly string[]) {
  const inputs = ids ? ids.map((id) => ({ id })) : [undefined];
  const one = inputs.flatMap((input) => [
    createConnectQueryKey({ schema: method.getConversation, input, cardinality: "finite" }),
    createConnectQueryKey({ schema: method.suggestReply, input, cardinality: "finite" }),
  ]);
  const list = createConnectQueryKey({ schema: method.listConversations, cardinality: "infinite" });
  return Promise.all([list, ...one].map((queryKey) => client.invalidateQueries({ queryKey })));
}

function useReread() {
  const client = useQueryClient();
  return {
    onSuccess: (_: unknown, request: { id?: string }) => reread(client, request.id ? [request.id] : []),
  };
}

export const useTakeOver = () => useMutation(method.takeOver, useReread());
export const useHandBack = () => useMutation(method.handBack, useReread());
export const useClose = () => useMutation(method.closeConversation, useReread());
export const useReply = () => useMutation(method.reply, useReread());
export const useAddNote = () => useMutation(method.addNote, useReread());

export function useMarkRead() {
  return useMutation(method.markRead);
}

export function useTyping() {
  return useMutation(method.setTyping);
}

const silence = 40_000;
const longestPause = 30_000;

/** rest waits that long, or until the console closes, the network is back or somebody looks at the page again. */
function rest(ms: number, closed: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = new AbortController();
    const done = () => {
      clearTimeout(timer);
      over.abort();
      resolve();
    };
    const timer = setTimeout(done, ms);
    const { signal } = over;
    closed.addEventListener("abort", done, { signal });
    window.addEventListener("online", done, { signal });
    document.addEventListener("visibilitychange", () => document.hidden || done(), { signal });
  });
}

/**
 * useWatch listens to the inbox for as long as the console is open, and begins
 * again, with growing pauses, when the line breaks or says nothing. What was missed meanwhile is
 * read anew.
 */
export function useWatch() {
  const client = useQueryClient();
  const transport = useTransport();
  useEffect(() => {
    const ended = new AbortController();
    const service = createClient(InboxService, transport);
    const listen = async (first: boolean) => {
      const line = new AbortController();
      const stop = () => line.abort();
      ended.signal.addEventListener("abort", stop);
      let watchdog = setTimeout(stop, silence);
      let heard = false;
      try {
        for await (const { event } of service.watchInbox({}, { signal: line.signal })) {
          clearTimeout(watchdog);
          watchdog = setTimeout(stop, silence);
          if (event.case !== "changed") continue;
          const all = event.value.all || (!heard && !first);
          heard = true;
          hear({ counts: event.value.counts, connected: true });
          if (all || event.value.conversationIds.length > 0)
            void reread(client, all ? undefined : event.value.conversationIds);
        }
      } finally {
        clearTimeout(watchdog);
        ended.signal.removeEventListener("abort", stop);
        hear({ connected: false });
      }
      return heard;
    };
    const run = async () => {
      for (let pause = 1000, first = true; !ended.signal.aborted; first = false) {
        let heard = false;
        try {
          heard = await listen(first);
        } catch (error) {
          if (ConnectError.from(error).code === Code.Unauthenticated) return;
        }
        pause = heard ? 1000 : Math.min(2 * pause, longestPause);
        await rest(pause * (0.5 + Math.random() / 2), ended.signal);
      }
    };
    void run();
    return () => {
      ended.abort();
      hear({ counts: undefined }); // another shop's, or nobody's, from here on
    };
  }, [client, transport]);
}

export { InboxView };
