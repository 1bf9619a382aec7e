package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestProductsGoInAndComeOutTheSame(t *testing.T) {
	db, _ := database(t)
	shop := newShop(t, db, "goods")
	file := write(t, filepath.Join(t.TempDir(), "goods.csv"), []byte("貨號,品名,售價,庫存,顏色\nT-1,烏龍茶,\"NT$1,299\",3,\nW-2,馬克杯,350,0,藍\n"))
	if out := doFast(t, with(shop, "import", file, "--products", "--currency", "TWD", "--dry-run")...); !strings.Contains(out, "2 new") || !strings.Contains(out, "Nothing was stored") {
		t.Error(out)
	}
	if out := doFast(t, with(shop, "import", file, "--products", "--currency", "TWD")...); !strings.Contains(out, "2 new, 0 changed, 0 there already") {
		t.Error(out)
	}
	changed := write(t, filepath.Join(t.TempDir(), "changed.csv"), []byte("sku,price,currency\nT-1,1350,TWD\n"))
	if out := doFast(t, with(shop, "import", changed, "--products", "--on-change", "skip")...); !strings.Contains(out, "0 new, 1 changed, 0 there already") || !strings.Contains(out, "1 of the changed are skipped") {
		t.Error(out)
	}
	refused(t, 1, []string{"overwrite or skip"}, with(shop, "import", changed, "--products", "--on-change", "add")...)
	for _, format := range []string{"csv", "xlsx"} {
		back := filepath.Join(t.TempDir(), "back."+format)
		doFast(t, with(shop, "export", "--products", "--format", format, "-o", back)...)
		if out := doFast(t, with(shop, "import", back, "--products")...); !strings.Contains(out, "0 new, 0 changed, 2 there already, 0 repeated, 0 not valid") {
			t.Errorf("%s: %s", format, out)
		}
	}
}
