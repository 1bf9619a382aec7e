package ragpg

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

// partRows is how many rows are read, classified and committed at once: enough
// that a transaction's own cost vanishes, few enough that the shop's lock is
// held for some 100 ms. A part with many phrasings or long texts has fewer.
const partRows = 2000

const (
	sqlInsertPart = `
		INSERT INTO import_part (tenant_id, import_id, first_row, last_row, row_numbers, questions, answers, categories, languages,
		                         phrasings, statuses, problems, terms, choices, cells)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`

	sqlDeletePart = `DELETE FROM import_part WHERE tenant_id = $1 AND import_id = $2 AND first_row = $3`

	// The first part with a row past position $3 and, unless $4 is empty, one of
	// these statuses.
	sqlNextPart = `
		SELECT first_row, last_row, row_numbers, questions, answers, categories, languages, phrasings, statuses, problems, twice, terms, choices, cells
		FROM import_part
		WHERE tenant_id = $1 AND import_id = $2 AND last_row > $3 AND ($4 = '' OR statuses ~ $4)
		ORDER BY first_row LIMIT 1`

	sqlWarnRows = `
		UPDATE import_part p SET twice = ARRAY(SELECT n FROM unnest($3::int[]) AS n WHERE n BETWEEN p.first_row AND p.last_row)
		WHERE tenant_id = $1 AND import_id = $2
		  AND EXISTS (SELECT FROM unnest($3::int[]) AS n WHERE n BETWEEN p.first_row AND p.last_row)`
)

// statusLetters are what import_part.statuses holds.
var statusLetters = map[rag.RowStatus]byte{
	rag.RowReady: 'r', rag.RowExists: 'e', rag.RowChanged: 'c', rag.RowRepeated: 'd', rag.RowInvalid: 'i',
}

var statusOf = func() (of [256]rag.RowStatus) {
	for s, letter := range statusLetters {
		of[letter] = s
	}
	return of
}()

// choiceLetters are what import_part.choices holds; - is the import's own choice.
var choiceLetters = map[rag.OnChange]byte{"": '-', rag.Overwrite: 'o', rag.Skip: 's', rag.Add: 'a'}

var choiceOf = func() (of [256]rag.OnChange) {
	for c, letter := range choiceLetters {
		of[letter] = c
	}
	return of
}()

// pattern finds the parts with a row of the statuses; "" finds all.
func pattern(statuses []rag.RowStatus) string {
	if len(statuses) == 0 {
		return ""
	}
	letters := make([]byte, len(statuses))
	for i, s := range statuses {
		letters[i] = statusLetters[s]
	}
	return "[" + string(letters) + "]"
}

// working finds the parts that change something, if what the dry run found holds.
var working = pattern([]rag.RowStatus{rag.RowReady, rag.RowChanged})

// insertPart stores rows that follow each other.
func insertPart(ctx context.Context, tx pgx.Tx, id tenant.ID, importID uuid.UUID, rows []readRow) error {
	n := len(rows)
	numbers, statuses := make([]int32, n), make([]byte, n)
	choices, chosen := bytes.Repeat([]byte{choiceLetters[""]}, n), ""
	texts := make([]string, 4*n)
	questions, answers, categories, languages := texts[:n], texts[n:2*n], texts[2*n:3*n], texts[3*n:]
	phrasings, cells := []string{}, []string{}
	problems, termed := map[int][]rag.RowProblem{}, map[int]rag.Terms{}
	for i := range rows {
		r := &rows[i]
		numbers[i], statuses[i] = int32(r.Number), statusLetters[r.Status]
		if r.Cells != nil {
			list, err := json.Marshal(r.Cells)
			if err != nil {
				return err
			}
			cells = append(cells, string(list))
		}
		questions[i], answers[i], categories[i], languages[i] = r.Content.Question, r.Content.Answer, r.Content.Category, r.Content.Language
		if len(r.Content.Phrasings) > 0 {
			list, err := json.Marshal(r.Content.Phrasings)
			if err != nil {
				return err
			}
			if len(phrasings) == 0 {
				phrasings = make([]string, n)
			}
			phrasings[i] = string(list)
		}
		if len(r.Problems) > 0 {
			problems[r.Position] = r.Problems
		}
		if r.Choice != "" {
			choices[i], chosen = choiceLetters[r.Choice], "some"
		}
		if r.Cells == nil && r.Content.Terms != usual {
			termed[r.Position] = r.Content.Terms
		}
	}
	if len(cells) > 0 {
		questions, answers, categories, languages = nil, nil, nil, nil
	}
	found, err := json.Marshal(problems)
	if err != nil {
		return err
	}
	if chosen != "" {
		chosen = string(choices)
	}
	terms, err := json.Marshal(termed)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, sqlInsertPart, id.UUID, importID, rows[0].Position, rows[n-1].Position, numbers,
		some(questions), some(answers), some(categories), some(languages), phrasings, string(statuses), found, terms, chosen, cells)
	if err != nil {
		return fmt.Errorf("insert import rows: %w", err)
	}
	return nil
}

// some is a list for a column that is never NULL.
func some(texts []string) []string {
	if texts == nil {
		return []string{}
	}
	return texts
}

// replacePart stores rows in the place of the part that has their positions.
func replacePart(ctx context.Context, tx pgx.Tx, id tenant.ID, importID uuid.UUID, rows []readRow) error {
	if _, err := tx.Exec(ctx, sqlDeletePart, id.UUID, importID, rows[0].Position); err != nil {
		return fmt.Errorf("replace import rows: %w", err)
	}
	return insertPart(ctx, tx, id, importID, rows)
}

// nextPart returns the rows of the first part with one past after and, unless
// which is empty, of a status that it names; none after the last.
func nextPart(ctx context.Context, tx pgx.Tx, id tenant.ID, importID uuid.UUID, after int, which string) ([]rag.StagedRow, error) {
	rows, err := tx.Query(ctx, sqlNextPart, id.UUID, importID, after, which)
	if err != nil {
		return nil, fmt.Errorf("read import rows: %w", err)
	}
	parts, err := pgx.CollectRows(rows, scanPart)
	if err != nil {
		return nil, fmt.Errorf("read import rows: %w", err)
	}
	if len(parts) == 0 {
		return nil, nil
	}
	return parts[0], nil
}

func scanPart(row pgx.CollectableRow) ([]rag.StagedRow, error) {
	var (
		first, last                                          int
		numbers, twice                                       []int32
		questions, answers, categories, languages, phrasings []string
		cells                                                []string
		statuses, choices                                    string
		problems, termed                                     []byte
	)
	err := row.Scan(&first, &last, &numbers, &questions, &answers, &categories, &languages, &phrasings, &statuses, &problems, &twice, &termed, &choices, &cells)
	if err != nil {
		return nil, err
	}
	list := make([]rag.StagedRow, last-first+1)
	for i := range list {
		list[i] = rag.StagedRow{Position: first + i, Number: int(numbers[i]), Status: statusOf[statuses[i]]}
		if len(cells) > 0 {
			if err := json.Unmarshal([]byte(cells[i]), &list[i].Cells); err != nil {
				return nil, fmt.Errorf("cells of row %d: %w", numbers[i], err)
			}
		} else {
			list[i].Content = rag.Content{Question: questions[i], Answer: answers[i], Category: categories[i], Language: languages[i], Terms: usual}
		}
		if choices != "" {
			list[i].Choice = choiceOf[choices[i]]
		}
		if len(phrasings) > 0 && phrasings[i] != "" {
			if err := json.Unmarshal([]byte(phrasings[i]), &list[i].Content.Phrasings); err != nil {
				return nil, fmt.Errorf("phrasings of row %d: %w", numbers[i], err)
			}
		}
	}
	if string(problems) != "{}" {
		var found map[int][]rag.RowProblem
		if err := json.Unmarshal(problems, &found); err != nil {
			return nil, fmt.Errorf("problems of rows %d to %d: %w", first, last, err)
		}
		for position, p := range found {
			list[position-first].Problems = p
		}
	}
	if string(termed) != "{}" {
		var some map[int]rag.Terms
		if err := json.Unmarshal(termed, &some); err != nil {
			return nil, fmt.Errorf("terms of rows %d to %d: %w", first, last, err)
		}
		for position, t := range some {
			list[position-first].Content.Terms = t
		}
	}
	for _, position := range twice {
		r := &list[int(position)-first]
		r.Problems = append(r.Problems, rag.Again())
	}
	return list, nil
}
