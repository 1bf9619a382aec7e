package main

import (
	"fmt"
	"os"
	"strings"
)

// readGroups reads paraphrases: groups parted by empty lines, a text a line,
// comments from # on.
func readGroups(path string) ([][]string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var groups [][]string
	for block := range strings.SplitSeq(string(raw), "\n\n") {
		var group []string
		for line := range strings.Lines(block) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				group = append(group, line)
			}
		}
		if len(group) == 1 {
			return nil, fmt.Errorf("%s: %q stands alone; give it a paraphrase, or join it to a group", path, group[0])
		}
		if len(group) > 0 {
			groups = append(groups, group)
		}
	}
	if len(groups) < 2 {
		return nil, fmt.Errorf("%s: %d groups; give at least 2, parted by empty lines", path, len(groups))
	}
	return groups, nil
}

// readWords reads the English members of vocabularies: a group a line, its
// members parted by commas, comments from # on.
func readWords(paths []string) ([]string, error) {
	var words []string
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(raw)) {
			line, _, _ = strings.Cut(line, "#")
			for member := range strings.SplitSeq(line, ",") {
				if member = strings.TrimSpace(member); member != "" && member[0] < 0x80 {
					words = append(words, member)
				}
			}
		}
	}
	return words, nil
}
