import { type ComponentType, lazy } from "react";
import type { Catalogue } from "../../i18n/catalogue";

/** A Section is one part of the settings, at /settings/<name>. */
export type Section = { name: string; label: (t: Catalogue) => string; body: ComponentType };

/** sections are the settings in the order in which they are listed. A new one is one line here. */
export const sections: readonly Section[] = [
  { name: "shop", label: (t) => t.settings.shop, body: lazy(() => import("./shop")) },
  { name: "answers", label: (t) => t.answers.title, body: lazy(() => import("./answers/answers")) },
  { name: "hours", label: (t) => t.hours.section, body: lazy(() => import("./hours")) },
  { name: "widget", label: (t) => t.widget.look, body: lazy(() => import("./look")) },
  { name: "members", label: (t) => t.people.title, body: lazy(() => import("./members")) },
  { name: "data", label: (t) => t.holding.title, body: lazy(() => import("./data")) },
  { name: "you", label: (t) => t.settings.you, body: lazy(() => import("./you")) },
];

/** hasSection tells whether the settings have a section of that name. */
export const hasSection = (name: string) => sections.some((one) => one.name === name);
