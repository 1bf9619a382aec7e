package main

import (
	"testing"

	"storebot/migrations/pgtest"
)

type migrationStatus struct {
	Missing  int `json:"missing"`
	Versions []struct {
		Name      string `json:"name"`
		Applied   bool   `json:"applied"`
		AppliedAt string `json:"applied_at"`
	} `json:"versions"`
}

func TestMigrate(t *testing.T) {
	db := pgtest.Empty(t)
	option := "--database-url=" + db.AdminURL
	o := storebot(t, "migrate", "status", "--json", option)
	got := decode[migrationStatus](t, o.out)
	if o.status != 1 || got.Missing == 0 || got.Missing != len(got.Versions) {
		t.Errorf("an empty database: status %d, %s%s", o.status, o.out, o.err)
	}
	refused(t, 1, []string{"missing", "00001_", "run storebot migrate"}, "migrate", "status", option)
	// What needs the schema says so, in place of an error of Postgres.
	refused(t, 1, []string{"storebot migrate"}, "tenant", "list", option)

	for range 2 {
		do(t, "migrate", option)
	}
	got = decode[migrationStatus](t, do(t, "migrate", "status", "--json", option))
	if got.Missing != 0 {
		t.Errorf("a migrated database: %+v", got)
	}
	for _, v := range got.Versions {
		if v.Name == "" || !v.Applied {
			t.Errorf("%+v", v)
		}
	}
	do(t, "migrate", "status", option)
	do(t, "tenant", "list", option)
}
