import type { Catalogue } from "../../i18n/catalogue";

/** searchName is what the engine that searches is called: the program's own has no name of a model. */
export const searchName = (engine: string, t: Catalogue) =>
  engine.startsWith("builtin-") ? t.engine.builtIn : engine;
