package lexical

import (
	"embed"
	"strings"
)

//go:embed shop.txt
var shopText string

// shop is the shop vocabulary: words and phrases that mean the same to a
// shopper share a concept.
var shop = parseVocabulary(shopText, Concept)

//go:embed thesaurus/*.txt
var thesaurusFiles embed.FS

// thesaurus is the same for everyday life: money, devices, travel, food, health,
// home, work, and how people ask and deny. A meaning is broader here than in
// the shop vocabulary, so the two are weighed apart.
var thesaurus = parseVocabulary(readAll(thesaurusFiles, "thesaurus"), Related)

// readAll joins the files of an embedded folder, in the order of their names.
func readAll(files embed.FS, folder string) string {
	list, err := files.ReadDir(folder)
	if err != nil {
		panic(err) // it is compiled in
	}
	var all strings.Builder
	for _, file := range list {
		text, err := files.ReadFile(folder + "/" + file.Name())
		if err != nil {
			panic(err)
		}
		all.Write(text)
		all.WriteByte('\n')
	}
	return all.String()
}

// longestMember bounds the words of a member, and the characters of one in a
// script without spaces.
const longestMember = 6

// A vocabulary finds the concepts of words. Its keys are chained hashes of a
// member's pieces: stems, or characters. Every beginning of a member has a key
// too, without concepts of its own, so that a look-up ends where no member goes
// on.
type vocabulary struct {
	members map[uint32][]Term
	groups  int
}

// parseVocabulary reads one concept a line, its members parted by commas. Its
// concepts are terms of the given kind.
func parseVocabulary(text string, kind Kind) vocabulary {
	v := vocabulary{members: map[uint32][]Term{}}
	a := Analyzer{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		concept := Term{hash(kind, []rune(line)), kind}
		v.groups++
		for member := range strings.SplitSeq(line, ",") {
			if key, ok := a.key(strings.TrimSpace(member)); ok {
				v.begin(a.pieces)
				v.add(key, concept)
			}
		}
	}
	return v
}

// begin gives each beginning of a member a key.
func (v *vocabulary) begin(pieces []piece) {
	var key uint32
	for _, u := range pieces {
		key = join(Concept, key, u.hash)
		if _, there := v.members[key]; !there {
			v.members[key] = nil
		}
	}
}

func (v *vocabulary) add(key uint32, concept Term) {
	for _, known := range v.members[key] {
		if known == concept {
			return
		}
	}
	v.members[key] = append(v.members[key], concept)
}

// key chains a member's pieces. One that mixes scripts, or is longer than the
// longest, has none.
func (a *Analyzer) key(member string) (uint32, bool) {
	a.appendPlain(nil, member)
	if len(a.pieces) == 0 || len(a.pieces) > longestMember {
		return 0, false
	}
	var key uint32
	for _, u := range a.pieces {
		if u.kind != a.pieces[0].kind {
			return 0, false
		}
		key = join(Concept, key, u.hash)
	}
	return key, true
}

// A piece is what members of the vocabulary are made of: a stem, a character,
// or a break (hash 0) that no member crosses.
type piece struct {
	hash uint32
	kind Kind
}

// appendConcepts adds the concepts of the longest members found in the pieces
// of a text, left to right, none overlapping.
func (v *vocabulary) appendConcepts(dst []Term, pieces []piece) []Term {
	for i := 0; i < len(pieces); {
		var found []Term
		var key uint32
		length := 1
		for n := 0; n < longestMember && i+n < len(pieces) && pieces[i+n].hash != 0; n++ {
			if pieces[i+n].kind != pieces[i].kind {
				break
			}
			key = join(Concept, key, pieces[i+n].hash)
			concepts, begun := v.members[key]
			if !begun {
				break
			}
			if concepts != nil {
				found, length = concepts, n+1
			}
		}
		dst = append(dst, found...)
		i += length
	}
	return dst
}
