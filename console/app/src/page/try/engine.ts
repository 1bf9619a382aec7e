import type { GetEngineResponse } from "../../gen/storebot/v1/knowledge_pb";
import type { Catalogue } from "../../i18n/catalogue";
import type { Format } from "../../i18n/format";

/** searchName is what the engine that searches is called: the program's own has no name of a model. */
export const searchName = (engine: string, t: Catalogue) =>
  engine.startsWith("builtin-") ? t.engine.builtIn : engine;

/** describeEngine says what searches and what writes, and what is still being prepared for what. */
export function describeEngine(engine: GetEngineResponse, t: Catalogue, format: Format): string {
  const { embedder, wantedEmbedder, chatModel, phrasingsPending } = engine;
  const now = t.engine.names(searchName(embedder, t), chatModel);
  const next = wantedEmbedder === embedder ? "" : searchName(wantedEmbedder, t);
  return format.sentences(now, phrasingsPending > 0 && t.engine.preparing(phrasingsPending, next));
}
