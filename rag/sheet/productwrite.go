package sheet

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"storebot/rag/product"

	"github.com/xuri/excelize/v2"
)

// productSheet is the one sheet of a written workbook of products.
const productSheet = "Products"

// productHeader is the header of a file of products: the fields, then a column an
// attribute, in the order in which they are first met.
func productHeader(list []product.Product) (header []string, attributes map[string]int) {
	for _, f := range product.Fields {
		header = append(header, string(f))
	}
	attributes = map[string]int{}
	for _, p := range list {
		for _, a := range p.Attributes {
			if _, there := attributes[fold(a.Name)]; !there {
				attributes[fold(a.Name)] = len(header)
				header = append(header, a.Name)
			}
		}
	}
	return header, attributes
}

func productCells(p product.Product, width int, attributes map[string]int) []string {
	cells := make([]string, width)
	stock := ""
	if p.Stock != nil {
		stock = strconv.Itoa(*p.Stock)
	}
	copy(cells, []string{p.SKU, p.Name, string(p.Price), p.Currency, stock, p.Link, p.Image, joinPhrasings(p.OtherNames), joinPhrasings(p.Phrasings)})
	for _, a := range p.Attributes {
		cells[attributes[fold(a.Name)]] = a.Value
	}
	return cells
}

// WriteProducts writes products so that OpenProducts reads the same.
func WriteProducts(w io.Writer, format Format, list []product.Product) error {
	header, attributes := productHeader(list)
	if format == CSV {
		out := newCSVWriter(w, header)
		for _, p := range list {
			out.row(productCells(p, len(header), attributes))
		}
		return out.flush()
	}
	return writeProductBook(w, header, func(row func([]string) error) error {
		for _, p := range list {
			if err := row(productCells(p, len(header), attributes)); err != nil {
				return err
			}
		}
		return nil
	})
}

func writeProductBook(w io.Writer, header []string, rows func(row func([]string) error) error) (err error) {
	book := excelize.NewFile()
	defer func() {
		if closed := book.Close(); err == nil && closed != nil {
			err = fmt.Errorf("write xlsx: %w", closed)
		}
	}()
	widths := make([]float64, len(header))
	for i := range widths {
		widths[i] = 16
	}
	copy(widths, []float64{16, 40, 12, 10, 10, 40, 40, 30, 40})
	out, err := startSheet(book, productSheet, header, widths)
	if err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	number := 1
	err = rows(func(texts []string) error {
		number++
		cells := make([]any, len(texts))
		for i, text := range texts {
			text = protectText(text)
			if cellLength(text) > excelize.TotalCellChars {
				return &FileError{Reason: TooLarge, Message: fmt.Sprintf("row %d, %s: the text has more than %d characters, a cell holds no more", number, header[i], excelize.TotalCellChars),
					Cure: "export as CSV"}
			}
			if text != "" {
				cells[i] = literal(text)
			}
		}
		return out.SetRow(fmt.Sprintf("A%d", number), cells)
	})
	if err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	if _, err := book.WriteTo(w); err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	return nil
}

// WriteInvalidProducts writes the rows of a plan that are not valid as they
// stood in the file, with what is wrong in a last column; words say it by code, else
// the problem's own. Mended in place the file can be imported as it is.
func WriteInvalidProducts(w io.Writer, plan ProductPlan, words map[string]string) error {
	header := append(append([]string{}, plan.Info.Header...), errorField)
	at := make(map[string]int, len(header))
	for i, name := range header {
		at[name] = i
	}
	out := newCSVWriter(w, header)
	for _, row := range plan.Rows {
		if Valid(row.Problems) {
			continue
		}
		cells := make([]string, len(header))
		for _, c := range row.Cells {
			cells[at[c.Name]] = c.Value
		}
		var lines []string
		for _, p := range row.Problems {
			if p.Code.Warning() {
				continue
			}
			line := p.String()
			if said := words[string(p.Code)]; said != "" {
				line = said
				if p.Column != "" {
					line = p.Column + ": " + said
				}
			}
			lines = append(lines, line)
		}
		cells[len(header)-1] = strings.Join(lines, "\n")
		out.row(cells)
	}
	return out.flush()
}
