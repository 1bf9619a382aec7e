/**
 * What the launcher and the chat say to each other. The two are files of their
 * own, and a page may for some minutes hold one of an older build than the
 * other: only add to these types.
 */

/** How a shop wants its widget to look; what is missing is ours. */
export type Look = {
  /** #rrggbb. */
  color?: string;
  /** The side of the page to stand on: "left", or right by default. */
  side?: string;
  /** The words on the launcher. */
  label?: string;
};

/** What the page says of the product that it shows, as the shopper sees it. */
export type Product = { sku?: string; title?: string; price?: string };

/** Who the shop's own page says that the shopper is, with the shop's signature. */
export type Identity = { user: string; expires: number; signature: string };

/** What a page may listen to. */
export type Event = "opened" | "closed" | "answered" | "handedOver" | "rated";

/** What this browser keeps of one shop and one shopper between page loads. */
export type Memory = {
  read(): Kept;
  /** Changes the given fields; undefined removes one. */
  write(change: Kept): void;
};

export type Kept = {
  /** Opens the conversation; a secret of this shopper. */
  token?: string;
  /** The one question that has no stored reply yet. */
  unsent?: { key: string; question: string };
  /** What the server said last of the shop: shown while it cannot be asked. */
  config?: { look?: Look };
  /** People have to do with the talk: their words may come at any time. */
  live?: boolean;
  /** The language that the shopper chose. */
  language?: string;
};

/** The page as the chat finds it. */
export type Stage = {
  /** The server that answers. */
  readonly origin: string;
  /** The shop's publishable key. */
  readonly key: string;
  /** BCP 47. */
  readonly language: string;
  readonly root: ShadowRoot;
  /** The page is nothing but the chat. */
  readonly whole?: boolean;
  /** It stands in a part of the page, which it must not cover. */
  readonly inside?: boolean;
  readonly memory: Memory;
  readonly product?: Product;
  readonly identity?: Identity;
  /** Takes the panel away and gives the launcher back. */
  close(): void;
  /** Goes on in another language. */
  speak(language: string): void;
  /** A drawing for the eye only, one path on a 24 × 24 grid: what holds it carries the name. */
  icon(path: string): SVGSVGElement;
  paint(look: Look): void;
  /** Words came while the panel was closed. */
  news(): void;
  tell(event: Event, detail?: object): void;
  /** Takes the widget off the page and tells the merchant why. */
  barred(why: string): void;
};

/** The open widget, as the launcher drives it. */
export type Chat = {
  open(): void;
  close(): void;
  /** Asks in the shopper's name. */
  ask(question: string): void;
  /** The product or the identity has changed. */
  learn(): void;
  /** Takes all of it off the page. */
  destroy(): void;
};
