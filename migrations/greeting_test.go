package migrations_test

import (
	"context"
	"testing"

	"storebot/migrations/pgtest"
)

// A greeting of the time when a shop had one for all languages becomes the fixed text of
// its own language, unless there is one; whoever owns the tables can make it so.
func TestTheOldGreetingBecomesAFixedText(t *testing.T) {
	ctx := context.Background()
	admin := pgtest.New(t).Admin(t)
	up, down := sections(t, "00014_lessons.sql")
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := admin.Exec(ctx, sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec(down)
	for id, greeting := range map[string]string{"1": " Meow. ", "2": "", "3": "Woof."} {
		id = "00000000-0000-0000-0000-00000000000" + id
		exec(`INSERT INTO identity.tenant (id, slug, name) VALUES ($1, $2, 'Shop')`, id, "shop-"+id)
		exec(`INSERT INTO shop (tenant_id, language, publishable_key, greeting) VALUES ($1, 'zh-Hant', $2, $3)`, id, "pk"+id, greeting)
	}
	exec(`INSERT INTO fixed_text (tenant_id, language, name, text) VALUES ('00000000-0000-0000-0000-000000000003', 'zh-Hant', 'greeting', '汪！')`)
	var owner string
	if err := admin.QueryRow(ctx, `SELECT tableowner FROM pg_tables WHERE tablename = 'shop'`).Scan(&owner); err != nil {
		t.Fatal(err)
	}
	exec(`SET ROLE ` + owner)
	exec(up)
	exec(`RESET ROLE`)
	var texts string
	if err := admin.QueryRow(ctx, `SELECT string_agg(right(tenant_id::text, 1) || language || text, ' ' ORDER BY tenant_id) FROM fixed_text WHERE name = 'greeting'`).Scan(&texts); err != nil || texts != "1zh-HantMeow. 3zh-Hant汪！" {
		t.Errorf("greetings %q, %v", texts, err)
	}
}
