package password

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"storebot/tenant"
)

var _ tenant.Hasher = (*Argon2id)(nil)

func TestHashAndVerify(t *testing.T) {
	a := New()
	ctx := t.Context()
	hash, err := a.Hash(ctx, "correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("the hash %s is not of 19 MiB, two passes, one lane", hash)
	}
	again, _ := a.Hash(ctx, "correct horse battery")
	if again == hash {
		t.Error("two hashes of one password are equal: the salt is missing")
	}
	for password, want := range map[string]bool{"correct horse battery": true, "correct horse batterY": false, "": false} {
		if got, err := a.Verify(ctx, password, hash); err != nil || got != want {
			t.Errorf("Verify(%q) = %v, %v; want %v", password, got, err, want)
		}
	}
	if ok, err := a.Verify(ctx, "", ""); ok || err != nil {
		t.Errorf("nobody's password: %v, %v; want false", ok, err)
	}
	if _, err := a.Verify(ctx, "x", "plain text"); err == nil {
		t.Error("a stored value that is no hash gives no error")
	}
}

func TestBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := New()
		for range atOnce {
			a.slots <- struct{}{} // busy
			a.queued.Add(1)
		}
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for range waiting {
			all.Go(func() {
				if _, err := a.Hash(ctx, "x"); !errors.Is(err, context.Canceled) {
					t.Errorf("one who waits gets %v, want the context's end", err)
				}
			})
		}
		synctest.Wait()
		if _, err := a.Verify(t.Context(), "x", ""); !errors.Is(err, tenant.ErrRateLimited) {
			t.Errorf("one too many gets %v, want ErrRateLimited", err)
		}
		cancel()
		all.Wait()
		if n := a.queued.Load(); n != atOnce {
			t.Errorf("%d count as waiting after all left", n-atOnce)
		}
		if _, err := a.Hash(ctx, "x"); !errors.Is(err, context.Canceled) {
			t.Errorf("a call that has ended gets %v", err)
		}
	})
}

// The time of an unknown account and of a wrong password; they must not differ.
func BenchmarkVerify(b *testing.B) {
	a := New()
	hash, err := a.Hash(b.Context(), "correct horse battery")
	if err != nil {
		b.Fatal(err)
	}
	for name, hash := range map[string]string{"known": hash, "unknown": ""} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if ok, err := a.Verify(b.Context(), "a wrong password", hash); ok || err != nil {
					b.Fatal(ok, err)
				}
			}
		})
	}
}
