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
	if out := doFast(t, with(shop, "import", file, "--products", "--currency", "TWD", "--dry-run")...); !strings.Contains(out, "2 ready") || !strings.Contains(out, "Nothing was stored") {
		t.Error(out)
	}
	if out := doFast(t, with(shop, "import", file, "--products", "--currency", "TWD")...); !strings.Contains(out, "2 created, 0 updated, 0 skipped") {
		t.Error(out)
	}
	changed := write(t, filepath.Join(t.TempDir(), "changed.csv"), []byte("sku,price,currency\nT-1,1350,TWD\n"))
	if out := doFast(t, with(shop, "import", changed, "--products", "--on-change", "skip")...); !strings.Contains(out, "0 ready, 0 already there, 1 changed") || !strings.Contains(out, "0 created, 0 updated, 1 skipped") {
		t.Error(out)
	}
	refused(t, 1, []string{"overwrite or skip"}, with(shop, "import", changed, "--products", "--on-change", "add")...)
	broken := write(t, filepath.Join(t.TempDir(), "broken.csv"), []byte("sku,name,price\nX-1,Bowl,dear\n"))
	said := []string{`"row":2,"status":"invalid","sku":"X-1","problems":[{"column":"price","code":"unknown_price"`}
	refused(t, 1, said, with(shop, "import", broken, "--products", "--json")...)
	refused(t, 1, []string{"name the columns sku"}, with(shop, "import", write(t, filepath.Join(t.TempDir(), "faq.csv"), []byte("question,answer\na,b\n")), "--products")...)
	for _, format := range []string{"csv", "xlsx"} {
		back := filepath.Join(t.TempDir(), "back."+format)
		doFast(t, with(shop, "export", "--products", "--format", format, "-o", back)...)
		if out := doFast(t, with(shop, "import", back, "--products")...); !strings.Contains(out, "0 ready, 2 already there, 0 changed, 0 repeated, 0 invalid") {
			t.Errorf("%s: %s", format, out)
		}
	}
}
