package tenantpg_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"testing"

	"storebot/tenant/tenantpg"

	"github.com/jackc/pgx/v5/pgconn"
)

func TestAway(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want bool
	}{
		"nothing":               {nil, false},
		"cannot connect":        {&pgconn.ConnectError{}, true},
		"connection refused":    {&net.OpError{Op: "dial", Err: errors.New("refused")}, true},
		"broken off":            {fmt.Errorf("read: %w", io.ErrUnexpectedEOF), true},
		"says nothing":          {context.DeadlineExceeded, true},
		"the caller went":       {context.Canceled, false},
		"connection failure":    {&pgconn.PgError{Code: "08006"}, true},
		"disk full":             {&pgconn.PgError{Code: "53100"}, true},
		"shut down":             {&pgconn.PgError{Code: "57P01"}, true},
		"disk does not read":    {&pgconn.PgError{Code: "58030"}, true},
		"foreign key":           {&pgconn.PgError{Code: "23503"}, false},
		"an error without code": {&pgconn.PgError{}, false},
	} {
		if got := tenantpg.Away(c.err); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
