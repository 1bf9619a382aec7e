package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
)

type tenantExportCmd struct {
	actFlags
	Output string `short:"o" required:"" type:"path" placeholder:"FILE" help:"The ZIP file to write; it must not be there yet."`
}

// Run writes everything of the shop into one file.
func (c *tenantExportCmd) Run(ctx context.Context, log *slog.Logger) (err error) {
	file, err := os.OpenFile(c.Output, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("%w (choose another name with -o)", err)
	}
	defer func() {
		if err = errors.Join(err, file.Close()); err != nil {
			_ = os.Remove(c.Output) // half an export looks like a whole one
		}
	}()
	a, err := c.begin(ctx, log)
	if err != nil {
		return err
	}
	defer a.close()
	if err := a.note(ctx, "export"); err != nil {
		return err
	}
	return a.tenants.ExportShop(ctx, a.shop.ID, file)
}

type tenantDeleteCmd struct {
	actFlags
	Name string `required:"" placeholder:"NAME" help:"The shop's name, typed by hand, so that no other shop is deleted."`
	Now  bool   `help:"Delete everything at once, and print the receipt; without it the shop is taken off now and deleted after the days in which it can be kept."`
	Keep bool   `help:"Undo a deletion whose days are not over." xor:"now"`
}

// Run takes the shop off, and deletes it now or later.
func (c *tenantDeleteCmd) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	a, err := c.begin(ctx, log)
	if err != nil {
		return err
	}
	defer a.close()
	if a.shop.Name != c.Name {
		return fmt.Errorf("the shop %q is called %q and not %q: type its name with --name", c.Slug, a.shop.Name, c.Name)
	}
	if err := a.note(ctx, c.act()); err != nil {
		return err
	}
	switch {
	case c.Keep:
		if _, err := a.tenants.KeepShop(ctx, a.shop.ID); err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "The shop %q stays.\n", c.Slug)
		return err
	case !c.Now:
		shop, err := a.tenants.DeleteShop(ctx, a.shop.ID, c.Name)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "The shop %q is off, and will be deleted on %s. Until then: storebot tenant delete %s --name %q --keep\n",
			c.Slug, shop.DeleteAt.UTC().Format("2006-01-02 15:04 MST"), c.Slug, c.Name)
		return err
	}
	receipt, err := a.tenants.Erase(ctx, a.shop.ID)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(map[string]any{
		"id": receipt.Tenant.String(), "slug": receipt.Slug, "deleted_at": receipt.At.UTC(), "rows": receipt.Rows,
	})
}

func (c *tenantDeleteCmd) act() string {
	switch {
	case c.Keep:
		return "keep"
	case c.Now:
		return "erase"
	}
	return "delete"
}
