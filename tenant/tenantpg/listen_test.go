package tenantpg

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestListenComesBack(t *testing.T) {
	db, test, _ := opened(t, 0, Config{})
	db.quiet = 5 * time.Millisecond // it asks again and again whether the server is there
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	admin := test.Admin(t)
	heard := make(chan string, 16)
	done := make(chan error, 1)
	listening, stop := context.WithCancel(ctx)
	go func() { done <- db.Listen(listening, "knowledge", func(payload string) { heard <- payload }) }()
	next := func(want string) {
		t.Helper()
		select {
		case got := <-heard:
			if got != want {
				t.Fatalf("heard %q, want %q", got, want)
			}
		case <-ctx.Done():
			t.Fatalf("heard nothing, want %q", want)
		}
	}
	notify := func(payload string) {
		t.Helper()
		if _, err := admin.Exec(ctx, `SELECT pg_notify('knowledge', $1)`, payload); err != nil {
			t.Fatal(err)
		}
	}
	next("")
	for range 50 {
		notify("one")
		next("one")
	}
	const kill = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`
	var killed int
	if err := admin.QueryRow(ctx, kill).Scan(&killed); err != nil || killed < 1 {
		t.Fatalf("ended %d connections: %v", killed, err)
	}
	next("")
	notify("two")
	next("two")
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("Listen returned %v", err)
	}
}
