package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"storebot/rag"
	"storebot/rag/encoder"
	"storebot/rag/ollama"
	"storebot/rag/rageval"
)

// evalCmd measures how well questions find their entries. It needs no server
// and no database.
type evalCmd struct {
	FAQ             string   `name:"faq" type:"existingfile" placeholder:"FILE" help:"The entries: a CSV file with the columns id, question, answer, category and perhaps phrasings; without ids, questions name entries."`
	Aliases         string   `type:"existingfile" placeholder:"FILE" help:"Other ways of asking them: a CSV file with the columns id, alias."`
	Queries         string   `type:"existingfile" placeholder:"FILE" help:"Labelled questions, one JSON object a line: {\"q\": text, \"ids\": [ids of the right entries]}; [] for a question that no entry answers. Or questions in place of ids, which names entries by their questions."`
	Engine          string   `enum:"builtin,ollama" default:"builtin" help:"What finds the entries: the built-in engine, or an embedding model on an Ollama server together with it."`
	OllamaHost      string   `env:"OLLAMA_HOST" default:"127.0.0.1:11434" placeholder:"HOST" help:"With --engine ollama: the address of the server."`
	EmbedModel      string   `env:"STOREBOT_EMBED_MODEL" placeholder:"MODEL" help:"With --engine ollama: the model for vectors, for example bge-m3."`
	AliasesPerEntry int      `default:"-1" placeholder:"N" help:"How many aliases or phrasings each entry is given: the first N in the file's order, 0 for none, -1 for all."`
	Without         []string `placeholder:"PART" help:"Leave parts of the ranking out: classifier, fields, vocabulary (of the shop), thesaurus (of everyday words), dense (the vectors), discriminant (what they teach)."`
	Ablate          bool     `help:"Measure the whole, then without each part in turn."`
	Compare         bool     `help:"Also measure the built-in engine whole, and list the questions that only one of the two gets right."`
	Cluster         bool     `help:"Put the questions in scope into clusters as gaps are, without the entries, and measure how well that agrees with them."`
	Fit             bool     `help:"Refit the confidence on several labelled sets, given as folders, each measured with its own shop left out."`
	JSON            bool     `name:"json" help:"Print every figure as JSON instead of a summary."`
	Sets            []string `arg:"" optional:"" type:"existingdir" help:"With --fit: folders with faq.csv, queries.jsonl (or questions.jsonl) and perhaps aliases.csv."`
}

// Run measures and prints.
func (c *evalCmd) Run(ctx context.Context, out io.Writer) error {
	if c.Fit {
		return c.fit(ctx, out)
	}
	if c.FAQ == "" || c.Queries == "" {
		return errors.New("eval needs --faq and --queries (or --fit and folders)")
	}
	set, err := rageval.Load(rageval.Files{FAQ: c.FAQ, Aliases: c.Aliases, Questions: c.Queries, Phrasings: c.AliasesPerEntry})
	if err != nil {
		return err
	}
	if c.Cluster {
		clustering := rageval.Cluster(set)
		return c.print(out, clustering, clustering.Summary())
	}
	engine := rageval.Engine{Embedder: &encoder.Embedder{}}
	if engine.Without, err = rageval.ParseParts(c.Without); err != nil {
		return err
	}
	if c.Engine == "ollama" {
		server, embedder, err := c.open(ctx)
		if err != nil {
			return err
		}
		defer server.Close()
		engine.Embedder = embedder
	}
	switch {
	case c.Ablate:
		return c.ablate(ctx, out, set, engine)
	case c.Compare:
		return c.compare(ctx, out, set, engine)
	}
	report, err := rageval.Run(ctx, set, engine)
	if err != nil {
		return err
	}
	return c.print(out, report, report.Summary())
}

func (c *evalCmd) open(ctx context.Context) (*ollama.Server, rag.Embedder, error) {
	if c.EmbedModel == "" {
		return nil, nil, errors.New("--engine ollama needs --embed-model, for example bge-m3")
	}
	server, err := ollama.New(ollama.Config{Host: c.OllamaHost, EmbedModel: c.EmbedModel})
	if err != nil {
		return nil, nil, err
	}
	embedder, err := server.Embedder(ctx)
	if err != nil {
		server.Close()
		return nil, nil, fmt.Errorf("open the embedding model %s at %s: %w", c.EmbedModel, c.OllamaHost, err)
	}
	return server, embedder, nil
}

func (c *evalCmd) ablate(ctx context.Context, out io.Writer, set *rageval.Set, engine rageval.Engine) error {
	ablations, err := rageval.Ablate(ctx, set, engine)
	if err != nil {
		return err
	}
	return c.print(out, ablations, rageval.AblationTable(ablations))
}

func (c *evalCmd) compare(ctx context.Context, out io.Writer, set *rageval.Set, engine rageval.Engine) error {
	var outcomes [2][]rageval.Outcome
	for i, e := range []rageval.Engine{engine, {Embedder: &encoder.Embedder{}}} {
		retrieve, _, err := e.Open(ctx, set)
		if err != nil {
			return err
		}
		if outcomes[i], err = rageval.Ask(ctx, set, retrieve); err != nil {
			return err
		}
	}
	differences := rageval.Compare(set, outcomes[0], outcomes[1])
	return c.print(out, differences, rageval.DifferenceTable(differences))
}

// phrasingsFitted are the numbers of phrasings an entry that a set with any is
// fitted with.
var phrasingsFitted = []int{0, 5, 20}

func (c *evalCmd) fit(ctx context.Context, out io.Writer) error {
	var sets []*rageval.Set
	for _, folder := range c.Sets {
		files := rageval.Files{
			FAQ: filepath.Join(folder, "faq.csv"), Questions: filepath.Join(folder, "queries.jsonl"), Phrasings: rageval.AllPhrasings,
		}
		if aliases := filepath.Join(folder, "aliases.csv"); exists(aliases) {
			files.Aliases = aliases
		}
		if own := filepath.Join(folder, "questions.jsonl"); exists(own) {
			files.Questions = own
		}
		set, err := rageval.Load(files)
		if err != nil {
			return err
		}
		numbers := []int{0}
		if slices.ContainsFunc(set.Entries, func(e rag.Entry) bool { return len(e.Phrasings) > 0 }) {
			numbers = phrasingsFitted
		}
		for _, files.Phrasings = range numbers {
			if set, err = rageval.Load(files); err != nil {
				return err
			}
			set.Name = fmt.Sprintf("%s with %d", filepath.Base(folder), files.Phrasings)
			set.Shop = folder
			sets = append(sets, set)
		}
	}
	if len(c.Sets) < 2 {
		return errors.New("--fit needs at least two folders: each set is measured with the model of the others")
	}
	fit, err := rageval.FitConfidence(ctx, sets, &encoder.Embedder{})
	if err != nil {
		return err
	}
	return c.print(out, fit, fit.Summary()+"\n"+fit.Source())
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func (c *evalCmd) print(out io.Writer, figures any, summary string) error {
	if c.JSON {
		return json.NewEncoder(out).Encode(figures)
	}
	_, err := io.WriteString(out, summary)
	return err
}
