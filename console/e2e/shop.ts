// A merchant's own page, on a port of its own: to the browser another origin
// than the server's.
import { createServer, type Server } from "node:http";

export type Shop = { origin: string; close(): Promise<void> };

/** A product's picture, drawn. */
const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#e7efe9"/><path d="M14 26h32v12a14 14 0 0 1-14 14h-4a14 14 0 0 1-14-14z" fill="#1f4d44"/></svg>';

/** openShop serves one page with the given lines before </body>, and a picture at each address that ends in .svg. */
export async function openShop(name: string, lines: string): Promise<Shop> {
  const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${name}</title><link rel="icon" href="data:,"></head>
<body><main><h1>${name}</h1></main>${lines}</body>
</html>`;
  const server: Server = createServer((request, response) => {
    if (request.url?.endsWith(".svg")) {
      response.setHeader("Content-Type", "image/svg+xml");
      response.end(picture);
      return;
    }
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
