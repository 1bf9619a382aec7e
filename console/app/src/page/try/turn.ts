import { Code, ConnectError } from "@connectrpc/connect";
import { useEffect, useRef, useState } from "react";
import { useTry } from "../../api/knowledge";
import type { EvidenceItem } from "../../gen/storebot/v1/knowledge_pb";
import type { Done, Failed } from "../../gen/storebot/v1/shopper_pb";

/** A Turn is one question and what came back so far. */
export type Turn = {
  id: number;
  question: string;
  /** The words of the best entry: to be read until better ones come. */
  found: string;
  /** What the stream wrote so far; once it is done, the whole reply. */
  written: string;
  writing: boolean;
  stopped?: boolean;
  done?: Done;
  evidence?: EvidenceItem[];
  failed?: Failed;
  error?: unknown;
};

/** useTalk holds the turns of a trial, in memory only. */
export function useTalk() {
  const tryQuestion = useTry();
  const [turns, setTurns] = useState<Turn[]>([]);
  const running = useRef<AbortController>(null);
  const next = useRef(1);

  useEffect(() => () => running.current?.abort(), []);

  /** ask asks a question; with again, in the place of that turn. */
  const ask = async (question: string, again?: number) => {
    const id = again ?? next.current++;
    const change = (what: (turn: Turn) => Partial<Turn>) =>
      setTurns((all) => all.map((turn) => (turn.id === id ? { ...turn, ...what(turn) } : turn)));
    const stop = new AbortController();
    running.current = stop;
    const begun = { id, question, found: "", written: "", writing: true };
    setTurns((all) =>
      again === undefined ? [...all, begun] : all.map((turn) => (turn.id === again ? begun : turn)),
    );
    try {
      for await (const { event } of tryQuestion(question, stop.signal)) {
        if (event.case === "evidence") change(() => ({ evidence: event.value.items }));
        if (event.case !== "shopper") continue;
        const { event: shown } = event.value;
        switch (shown.case) {
          case "match":
            change((turn) => (turn.found === "" ? { found: shown.value.answer } : {}));
            break;
          case "delta":
            change((turn) => ({ written: turn.written + shown.value.text }));
            break;
          case "done":
            change(() => ({ done: shown.value, written: shown.value.text }));
            break;
          case "failed":
            change(() => ({ failed: shown.value }));
            break;
        }
      }
      change((turn) => ({
        writing: false,
        // A stream that ends without its last word was cut off somewhere.
        error:
          turn.done || turn.failed ? undefined : new ConnectError("stream ended early", Code.Unavailable),
      }));
    } catch (error) {
      change(() => (stop.signal.aborted ? { writing: false, stopped: true } : { writing: false, error }));
    }
  };

  return {
    turns,
    busy: turns.some((turn) => turn.writing),
    ask,
    stop: () => running.current?.abort(),
    clear: () => {
      running.current?.abort();
      setTurns([]);
    },
  };
}
