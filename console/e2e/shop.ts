// A merchant's own page, on a port of its own: to the browser another origin
// than the server's.
import { createServer, type Server } from "node:http";

export type Shop = { origin: string; close(): Promise<void> };

/** openShop serves one page with the given lines before </body>. */
export async function openShop(name: string, lines: string): Promise<Shop> {
  const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${name}</title><link rel="icon" href="data:,"></head>
<body><main><h1>${name}</h1></main>${lines}</body>
</html>`;
  const server: Server = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("the shop's page has no port");
  return {
    origin: `http://127.0.0.1:${bound.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
