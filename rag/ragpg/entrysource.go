package ragpg

import (
	"storebot/rag"
	"storebot/rag/sheet"
)

// An entrySource reads a sheet of entries and prepares what the dry run asks of each.
type entrySource struct {
	reader *sheet.Reader
	detect func(text string) string
	shop   string // the shop's language
	script string // of Chinese rows that do not tell; "" leaves them untold
}

func (s *entrySource) about(m *rag.Import) {
	m.Subject, m.Format, m.Unsaid = rag.OfEntries, s.reader.Info().String(), s.reader.Unsaid()
}

func (s *entrySource) most() int { return rag.MaxRows }

func (s *entrySource) Close() error { return s.reader.Close() }

func (s *entrySource) next(read *readRow) (texts, bytes int, err error) {
	row, problems, err := s.reader.Next()
	if err != nil {
		return 0, 0, err
	}
	read.valid, read.Number = sheet.Valid(problems), row.Number
	read.Content = rag.Content{Question: row.Question, Answer: row.Answer, Category: row.Category, Language: row.Language, Phrasings: row.Phrasings,
		Terms: row.Terms}
	if read.Content.Terms.State == "" {
		read.Content.Terms.State = rag.Published
	}
	read.Problems = rowProblems(problems)
	bytes = len(row.Question) + len(row.Answer)
	for _, p := range row.Phrasings {
		bytes += len(p)
	}
	return 1 + len(row.Phrasings), bytes, nil
}

// prepare tells the rows' languages and takes their hashes. Which script Chinese
// rows are in that do not show it is settled by the first part.
func (s *entrySource) prepare(part []readRow) {
	first := part[0].Position == 1
	var told []string
	var untold []*readRow
	for i := range part {
		row := &part[i]
		c := &row.Content
		if c.Language == "" && row.valid {
			text := c.Question + "\n" + c.Answer
			if c.Language = s.detect(text); c.Language == "" && rag.EitherScript(text) {
				untold = append(untold, row)
			}
		}
		if first {
			told = append(told, c.Language)
		}
	}
	if first {
		s.script = rag.ChineseScript(s.shop, told)
	}
	for _, row := range untold {
		row.Content.Language = s.script
	}
	for i := range part {
		part[i].hashes()
	}
}

// hashes takes a valid entry's hashes.
func (r *readRow) hashes() {
	if r.valid {
		r.content, r.question = r.Content.Hash(), rag.QuestionHash(r.Content.Question)
	}
}
