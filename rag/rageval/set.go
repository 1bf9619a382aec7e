package rageval

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/google/uuid"

	"storebot/rag"
)

// A Set is a shop's entries with questions whose right entries are known.
type Set struct {
	Name      string
	Shop      string // sets of one shop share it; "" is a shop too
	Entries   []rag.Entry
	Questions []Question
}

// A Question is one labelled question. Right lists every entry that answers
// it; none means that the shop has no answer: it is out of scope.
type Question struct {
	Text  string
	Right []rag.EntryID
}

// OutOfScope reports a question that no entry answers.
func (q Question) OutOfScope() bool { return len(q.Right) == 0 }

// AllPhrasings takes every phrasing that the aliases file has.
const AllPhrasings = -1

// Files names what Load reads; Aliases may be empty. An FAQ without the column
// id is a merchant's own sheet: its entries go by their questions.
type Files struct {
	FAQ       string // CSV with the columns id, question, answer, category; perhaps phrasings, one a line of its cell
	Aliases   string // CSV with the columns id, alias
	Questions string // JSON lines: {"q": text, "ids": [right entries]}, or "questions": [their questions]
	// Phrasings is how many other phrasings each entry is given: the first ones
	// in the file's order, none with 0, all with AllPhrasings.
	Phrasings int
}

// Load reads a labelled set. An error names the file and the line to mend.
func Load(files Files) (*Set, error) {
	set := &Set{Name: files.FAQ, Shop: files.FAQ}
	place := map[string]int{}
	err := readCSV(files.FAQ, []string{"question"}, func(line int, row map[string]string) error {
		id, ok := row["id"]
		if !ok {
			id = row["question"]
		}
		if _, twice := place[id]; twice {
			return fmt.Errorf("%s:%d: id %q stands twice; give each entry its own", files.FAQ, line, id)
		}
		place[id] = len(set.Entries)
		entry := rag.Entry{ID: entryID(id), Question: row["question"], Answer: row["answer"], Category: row["category"]}
		for text := range strings.Lines(row["phrasings"]) {
			if text = strings.TrimSpace(text); text != "" {
				files.give(&entry, text)
			}
		}
		set.Entries = append(set.Entries, entry)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if files.Aliases != "" && files.Phrasings != 0 {
		err := readCSV(files.Aliases, []string{"id", "alias"}, func(line int, row map[string]string) error {
			at, ok := place[row["id"]]
			if !ok {
				return fmt.Errorf("%s:%d: no entry has the id %q", files.Aliases, line, row["id"])
			}
			files.give(&set.Entries[at], row["alias"])
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	set.Questions, err = readQuestions(files.Questions, place)
	return set, err
}

// give adds a phrasing unless the entry has as many as wanted.
func (f *Files) give(entry *rag.Entry, phrasing string) {
	if f.Phrasings < 0 || len(entry.Phrasings) < f.Phrasings {
		entry.Phrasings = append(entry.Phrasings, phrasing)
	}
}

// entryID makes a set's own id into an entry's, the same each time.
func entryID(id string) rag.EntryID { return uuid.NewSHA1(uuid.Nil, []byte(id)) }

func readCSV(path string, need []string, row func(line int, row map[string]string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r := csv.NewReader(f)
	header, err := r.Read()
	if err != nil {
		return fmt.Errorf("%s: read the header line: %w", path, err)
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	for _, name := range need {
		found := false
		for _, h := range header {
			found = found || h == name
		}
		if !found {
			return fmt.Errorf("%s: no column %q; the header line has %s", path, name, strings.Join(header, ", "))
		}
	}
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		line, _ := r.FieldPos(0)
		named := make(map[string]string, len(header))
		for i, h := range header {
			named[h] = fields[i]
		}
		if err := row(line, named); err != nil {
			return err
		}
	}
}

func readQuestions(path string, place map[string]int) ([]Question, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	var questions []Question
	for line := 1; lines.Scan(); line++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var in struct {
			Q         *string   `json:"q"`
			IDs       *[]string `json:"ids"`
			Questions *[]string `json:"questions"`
		}
		if err := json.Unmarshal(lines.Bytes(), &in); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, line, err)
		}
		if in.IDs == nil {
			in.IDs = in.Questions
		}
		if in.Q == nil || in.IDs == nil {
			return nil, fmt.Errorf(`%s:%d: needs both "q" and "ids", or "questions" ([] for a question that no entry answers)`, path, line)
		}
		q := Question{Text: *in.Q}
		for _, id := range *in.IDs {
			if _, ok := place[id]; !ok {
				return nil, fmt.Errorf("%s:%d: no entry has the id %q", path, line, id)
			}
			q.Right = append(q.Right, entryID(id))
		}
		questions = append(questions, q)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(questions) == 0 {
		return nil, fmt.Errorf("%s: no questions in it", path)
	}
	return questions, nil
}
