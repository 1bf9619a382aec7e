import type { GetEngineResponse } from "../../gen/storebot/v1/knowledge_pb";
import type { Catalogue } from "../../i18n/catalogue";
import type { Format } from "../../i18n/format";

/** searchName is what the engine that searches is called: the program's own has no name of a model. */
export const searchName = (engine: string, t: Catalogue) =>
  engine.startsWith("builtin-") ? t.engine.builtIn : engine;

/**
 * describeEngine says what searches and what writes, and what is still being prepared for what. While the
 * embedding model cannot be asked nothing is prepared: that is said in the place of a queue that stands still.
 */
export function describeEngine(engine: GetEngineResponse, t: Catalogue, format: Format): string {
  const { embedder, wantedEmbedder, chatModel, phrasingsPending, embedderDown } = engine;
  if (embedderDown) {
    // Of what is in this program, only the encoder reads meaning.
    const search = embedder.startsWith("builtin-en") ? t.engine.builtIn : t.engine.words;
    return format.sentences(t.engine.names(search, chatModel), t.engine.embedderDown(phrasingsPending));
  }
  const now = t.engine.names(searchName(embedder, t), chatModel);
  const next = wantedEmbedder === embedder ? "" : searchName(wantedEmbedder, t);
  return format.sentences(now, phrasingsPending > 0 && t.engine.preparing(phrasingsPending, next));
}
