import type { GetEngineResponse } from "../../gen/storebot/v1/knowledge_pb";
import type { Catalogue } from "../../i18n/catalogue";

/** searchName is what the engine that searches is called: the program's own has no name of a model. */
export const searchName = (engine: string, t: Catalogue) =>
  engine.startsWith("builtin-") ? t.engine.builtIn : engine;

/** describeEngine says what searches and what writes, and what is still being prepared for what. */
export function describeEngine(engine: GetEngineResponse, t: Catalogue): string {
  const { embedder, wantedEmbedder, chatModel, phrasingsPending } = engine;
  const now = t.engine.names(searchName(embedder, t), chatModel);
  if (phrasingsPending === 0) return now;
  const next = wantedEmbedder === embedder ? "" : searchName(wantedEmbedder, t);
  return `${now} ${t.engine.preparing(phrasingsPending, next)}`;
}
