package sheet

import (
	"fmt"
	"io"
	"iter"
	"strconv"

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

// A RejectedProduct is a row of a sheet of products that could not be taken in.
type RejectedProduct struct {
	Cells    []string // as they stand in the file
	Problems []Problem
}

// WriteRejectedProducts writes rows as they stood in the file, under its header, with
// what is wrong in a column behind it. Mended in place the file can be imported as it
// is: reading ignores that column, and what an earlier file of this kind said is left out.
func WriteRejectedProducts(w io.Writer, header []string, rows iter.Seq2[RejectedProduct, error]) error {
	var names []string
	var at []int
	for i, name := range header {
		if fold(name) != errorField {
			names, at = append(names, name), append(at, i)
		}
	}
	out := newCSVWriter(w, append(names, errorField))
	for row, err := range rows {
		if err != nil {
			return err
		}
		cells := cleanAll(row.Cells)
		cells = append(cells, make([]string, max(0, len(header)-len(cells)))...)
		var line []string
		for _, i := range at {
			line = append(line, unprotect(cells[i]))
		}
		line = append(line, said(row.Problems))
		for _, over := range cells[len(header):] {
			line = append(line, unprotect(over))
		}
		out.row(line)
	}
	return out.flush()
}
