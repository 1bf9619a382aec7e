package ollama

import "strings"

// A family is what an embedding model was trained to find before a text. A
// model used without its prefixes loses recall without any error.
type family struct {
	name           string
	query, passage string
}

// families are matched in order by a part of the model's name. The texts are
// those of the models' own cards.
var families = []struct {
	part string
	family
}{
	{"e5-mistral", family{"instruct", instruction, ""}},
	{"e5-large-instruct", family{"instruct", instruction, ""}},
	{"e5", family{"e5", "query: ", "passage: "}},
	{"nomic-embed", family{"nomic", "search_query: ", "search_document: "}},
	{"qwen3-embedding", family{"instruct", instruction, ""}},
	{"embeddinggemma", family{"gemma", "task: search result | query: ", "title: none | text: "}},
	{"arctic-embed2", family{"arctic2", "query: ", ""}},
	{"arctic-embed", family{"represent", represent, ""}},
	{"mxbai-embed", family{"represent", represent, ""}},
	{"bge-m3", family{}},
	{"bge-large", family{"represent", represent, ""}},
	{"bge-base", family{"represent", represent, ""}},
	{"bge-small", family{"represent", represent, ""}},
}

const (
	instruction = "Instruct: Given a customer's question, retrieve the entry of the shop's FAQ that answers it\nQuery: "
	represent   = "Represent this sentence for searching relevant passages: "
)

// familyOf returns the family of a model's name; the zero one has no prefixes
// (bge-m3, granite-embedding, all-minilm, paraphrase-multilingual and unknown ones).
func familyOf(model string) family {
	name := strings.ToLower(model)
	for _, f := range families {
		if strings.Contains(name, f.part) {
			return f.family
		}
	}
	return family{}
}
