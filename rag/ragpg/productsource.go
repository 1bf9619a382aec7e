package ragpg

import (
	"io"

	"storebot/rag"
	"storebot/rag/sheet"
)

// A productSource reads a sheet of products.
type productSource struct {
	reader     *sheet.ProductReader
	attributes []string
	currency   string
}

func openProducts(file io.ReaderAt, size int64, opts sheet.Options) (*productSource, error) {
	reader, err := sheet.OpenProducts(file, size, opts)
	if err != nil {
		return nil, err
	}
	columns, err := sheet.NewProductColumns(reader.Info().Header, opts.Currency)
	if err != nil {
		return nil, err
	}
	return &productSource{reader: reader, attributes: columns.Attributes(), currency: opts.Currency}, nil
}

func (s *productSource) about(m *rag.Import) {
	info := s.reader.Info()
	m.Subject, m.Format, m.Columns, m.Attributes, m.Currency = rag.OfProducts, info.String(), info.Header, s.attributes, s.currency
}

func (s *productSource) most() int { return sheet.MaxProducts }

func (s *productSource) Close() error { return s.reader.Close() }

func (s *productSource) next(row *readRow) (texts, bytes int, err error) {
	if row.Number, row.Cells, err = s.reader.Next(); err != nil {
		return 0, 0, err
	}
	for _, cell := range row.Cells {
		bytes += len(cell)
	}
	return 1, bytes, nil
}

func (s *productSource) prepare([]readRow) {}
