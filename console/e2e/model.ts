// A model server that speaks Ollama's protocol and says what a test wants, at
// the pace that the test wants: no real model can be held in the middle of a word.
import { createServer, type ServerResponse } from "node:http";

export const chatModel = "writer";

export type Model = {
  host: string;
  /** Said to each question, in these pieces. After the first one the model waits, if it is held. */
  pieces: string[];
  /** Whether answers stop after their first piece, until let go. */
  held: boolean;
  /** How many answers it was asked for. */
  readonly asked: number;
  close(): Promise<void>;
};

export async function openModel(): Promise<Model> {
  let asked = 0;
  let held = false;
  const waiting = new Set<() => void>();

  async function chat(response: ServerResponse, question: boolean) {
    const write = (message: object) => response.write(`${JSON.stringify(message)}\n`);
    if (question) {
      asked++;
      for (const [i, content] of model.pieces.entries()) {
        write({ message: { content } });
        if (i > 0 || !held) continue;
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
          response.once("close", resolve);
        });
      }
    }
    write({ done: true, done_reason: "stop", prompt_eval_count: 20, eval_count: 5 });
    response.end();
  }

  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    response.setHeader("Content-Type", "application/json");
    if (request.url === "/api/version") response.end('{"version":"0.17.4"}');
    else if (request.url === "/api/tags" || request.url === "/api/ps")
      response.end(JSON.stringify({ models: [{ name: `${chatModel}:latest`, digest: "0123456789abcdef" }] }));
    // The one word that a model is loaded with is no question.
    else if (request.url === "/api/chat") await chat(response, JSON.parse(body).options?.num_predict !== 1);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("the model has no port");
  const model: Model = {
    host: `127.0.0.1:${bound.port}`,
    pieces: [],
    get held() {
      return held;
    },
    set held(now) {
      held = now;
      if (now) return;
      for (const resolve of waiting) resolve();
      waiting.clear();
    },
    get asked() {
      return asked;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return model;
}
