package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"storebot/rag"
	"storebot/rag/sheet"
	"storebot/tenant/tenantpg"
)

type importCmd struct {
	databaseFlags
	Tenant   string       `required:"" placeholder:"SLUG" help:"The shop to store it in."`
	File     string       `arg:"" type:"existingfile" help:"A CSV or XLSX file with the columns question and answer, and optionally category, language and phrasings."`
	DryRun   bool         `help:"Only say what would happen."`
	OnChange rag.OnChange `enum:"overwrite,skip,add" default:"overwrite" help:"What becomes of an entry whose question is there with another answer: overwrite it, skip the row, or add the row beside it. With --products, of a product whose SKU is there with other values: overwrite it or skip the row."`
	Encoding string       `placeholder:"NAME" help:"utf-8, gb18030, big5, utf-16le, utf-16be or windows-1252; told from the file if not given."`
	Columns  []int        `placeholder:"N,N" help:"For a sheet without known headers: the numbers of the question's and the answer's column, from 1."`
	Header   bool         `help:"With --columns: the first row holds names, not an entry."`
	Products bool         `help:"The file holds what the shop sells: sku, name, price, currency, stock, link, image, other_names, phrasings; other columns become attributes."`
	Currency string       `placeholder:"CODE" help:"With --products: of prices that do not say it, for example TWD."`
	JSON     bool         `name:"json" help:"Print the counts and every row's problems as one JSON object."`
}

// Run stores the sheet; exit status 1 if a row could not be.
func (c *importCmd) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	db, closeDB, err := c.open(ctx, log, tenantpg.Config{MaxConns: 4})
	if err != nil {
		return err
	}
	defer closeDB()
	in, err := install(db, installationConfig{indexBytes: 1 << 20}, log)
	if err != nil {
		return err
	}
	t, err := findTenant(ctx, in.tenants, c.Tenant)
	if err != nil {
		return err
	}
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	options, err := c.options()
	if err != nil {
		return err
	}
	if c.Products && c.OnChange == rag.Add {
		return errors.New("--on-change add is for entries alone: no two products have the same SKU; use overwrite or skip")
	}
	staged, err := in.knowledge.Stage(ctx, t.ID, filepath.Base(c.File), file, info.Size(), options)
	if header, asked := errors.AsType[*sheet.HeaderError](err); asked && header.Subject == rag.OfEntries {
		return fmt.Errorf("%s: %w: for example --columns 1,2 if the first column holds the questions and the second the answers, with --header if the first row holds names", c.File, err)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	problems, err := in.problems(ctx, t.ID, staged)
	if err != nil {
		return err
	}
	report := importReport{Import: staged, Problems: problems, DryRun: c.DryRun}
	if !c.DryRun {
		if report.Import, err = in.knowledge.ImportNow(ctx, t.ID, staged.ID, c.OnChange, func(rag.Import) {}); err != nil {
			return err
		}
	}
	if err := report.print(out, c.JSON); err != nil {
		return err
	}
	if report.Import.Found.Invalid > 0 {
		return errSaid
	}
	return nil
}

func (c *importCmd) options() (sheet.Options, error) {
	o := sheet.Options{Encoding: sheet.Encoding(c.Encoding), Subject: rag.OfEntries, Currency: c.Currency}
	if c.Products {
		o.Subject = rag.OfProducts
	}
	switch len(c.Columns) {
	case 0:
	case 2:
		o.Columns = &sheet.Columns{Question: c.Columns[0], Answer: c.Columns[1], HasHeader: c.Header}
	default:
		return o, fmt.Errorf("--columns takes two numbers, of the question's and the answer's column, for example --columns 1,2")
	}
	return o, nil
}

type exportCmd struct {
	databaseFlags
	Tenant   string `required:"" placeholder:"SLUG" help:"The shop."`
	Format   string `enum:"csv,xlsx" default:"csv" help:"csv or xlsx."`
	Output   string `short:"o" placeholder:"FILE" help:"Where to write; standard output if not given."`
	Products bool   `help:"What the shop sells, in the place of its FAQ."`
}

// Run writes the sheet.
func (c *exportCmd) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	db, closeDB, err := c.open(ctx, log, tenantpg.Config{MaxConns: 2})
	if err != nil {
		return err
	}
	defer closeDB()
	in, err := install(db, installationConfig{indexBytes: 1 << 20}, log)
	if err != nil {
		return err
	}
	t, err := findTenant(ctx, in.tenants, c.Tenant)
	if err != nil {
		return err
	}
	export := in.knowledge.Export
	if c.Products {
		export = in.knowledge.ExportProducts
	}
	if c.Output == "" {
		return export(ctx, t.ID, sheet.Format(c.Format), out)
	}
	// Whole or not at all: a half-written export must not pass for one.
	tmp, err := os.CreateTemp(filepath.Dir(c.Output), ".storebot-export-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if err := export(ctx, t.ID, sheet.Format(c.Format), tmp); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), c.Output)
}
