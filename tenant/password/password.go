// Package password turns passwords into argon2id hashes and compares them. It
// knows nothing of accounts and keeps nothing.
package password

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"sync/atomic"

	"github.com/alexedwards/argon2id"

	"storebot/tenant"
)

// params are OWASP's first choice for argon2id (Password Storage Cheat Sheet):
// 19 MiB, two passes, one lane.
var params = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// Bounds on the work at once. A hash takes 19 MiB and some 30 ms of a core:
// without a bound, a flood of sign-ins takes the machine from the shoppers.
const (
	atOnce  = 2
	waiting = 64 // behind them, about a second of work; more are refused at once
)

// Argon2id is a tenant.Hasher. Use New.
type Argon2id struct {
	slots   chan struct{}
	queued  atomic.Int64
	nobodys string // the hash that an unknown account's password is compared with
}

// New returns a hasher.
func New() *Argon2id {
	b := make([]byte, params.SaltLength+params.KeyLength)
	rand.Read(b)
	return &Argon2id{
		slots: make(chan struct{}, atOnce),
		// Any salt and key cost the same to compare with, so nothing need be hashed here.
		nobodys: fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", params.Memory, params.Iterations, params.Parallelism,
			base64.RawStdEncoding.EncodeToString(b[:params.SaltLength]), base64.RawStdEncoding.EncodeToString(b[params.SaltLength:])),
	}
}

// Hash returns the hash of password with a new salt, in the form of the
// reference implementation ($argon2id$v=19$…). Errors: the context's, when it
// ends before a turn came; tenant.ErrRateLimited when too many wait.
func (a *Argon2id) Hash(ctx context.Context, password string) (string, error) {
	leave, err := a.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	return argon2id.CreateHash(password, params)
}

// Verify reports whether password made hash. An empty hash is nobody's: it
// takes as long as any other and is false. Errors: as of Hash, and that hash is
// not one of argon2id's.
func (a *Argon2id) Verify(ctx context.Context, password, hash string) (bool, error) {
	leave, err := a.enter(ctx)
	if err != nil {
		return false, err
	}
	defer leave()
	if hash == "" {
		_, err := argon2id.ComparePasswordAndHash(password, a.nobodys)
		return false, err
	}
	ok, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("compare with a stored password hash: %w", err)
	}
	return ok, nil
}

// enter waits for a turn.
func (a *Argon2id) enter(ctx context.Context) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if a.queued.Add(1) > atOnce+waiting {
		a.queued.Add(-1)
		return nil, tenant.ErrRateLimited
	}
	select {
	case a.slots <- struct{}{}:
		return func() {
			<-a.slots
			a.queued.Add(-1)
		}, nil
	case <-ctx.Done():
		a.queued.Add(-1)
		return nil, ctx.Err()
	}
}
