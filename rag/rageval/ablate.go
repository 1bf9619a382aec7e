package rageval

import (
	"context"
	"fmt"
	"strings"

	"storebot/rag/index"
)

// Parts names the parts of the ranking that can be left out.
var Parts = []struct {
	Name string
	Part index.Part
}{
	{"classifier", index.Classifier}, {"fields", index.Fields}, {"vocabulary", index.Vocabulary}, {"thesaurus", index.Thesaurus},
	{"dense", index.Dense}, {"discriminant", index.Discriminant},
}

// ParseParts reads names of parts. Its error lists the names there are.
func ParseParts(names []string) (index.Part, error) {
	var parts index.Part
next:
	for _, name := range names {
		for _, p := range Parts {
			if p.Name == name {
				parts |= p.Part
				continue next
			}
		}
		var known []string
		for _, p := range Parts {
			known = append(known, p.Name)
		}
		return 0, fmt.Errorf("no part of the ranking is called %q; there are %s", name, strings.Join(known, ", "))
	}
	return parts, nil
}

// An Ablation is the report without one part; Without is "" for the whole.
type Ablation struct {
	Without string `json:"without"`
	Report  Report `json:"report"`
}

// Ablate measures the engine whole and without each of its parts in turn.
func Ablate(ctx context.Context, set *Set, engine Engine) ([]Ablation, error) {
	whole, err := Run(ctx, set, engine)
	if err != nil {
		return nil, err
	}
	ablations := []Ablation{{Report: whole}}
	for _, p := range Parts {
		if p.Part&(index.Dense|index.Discriminant) != 0 && engine.Embedder == nil {
			continue
		}
		lesser := engine
		lesser.Without |= p.Part
		report, err := Run(ctx, set, lesser)
		if err != nil {
			return nil, err
		}
		ablations = append(ablations, Ablation{Without: p.Name, Report: report})
	}
	return ablations, nil
}
