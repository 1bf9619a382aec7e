package migrations

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// ErrServerTooOld is returned for a Postgres server that must not be used.
var ErrServerTooOld = errors.New("the Postgres server is too old")

// oldest is the first safe minor version of each major one, as
// server_version_num gives it. Before them a cached plan may go on using
// another role's row-level security (CVE-2024-10976).
var oldest = map[int]int{15: 150009, 16: 160005, 17: 170001}

// CheckServer returns ErrServerTooOld, with the versions, unless the server is
// one whose row-level security can be relied on: 15.9, 16.5, 17.1 or newer.
func CheckServer(ctx context.Context, conn *pgx.Conn) error {
	var number int
	var version string
	const query = `SELECT current_setting('server_version_num')::int, current_setting('server_version')`
	if err := conn.QueryRow(ctx, query).Scan(&number, &version); err != nil {
		return fmt.Errorf("read the server's version: %w", err)
	}
	return checkVersion(number, version)
}

func checkVersion(number int, version string) error {
	major := number / 10000
	if major < 15 {
		return fmt.Errorf("%w: it is %s, and Storebot needs 15.9, 16.5, 17.1 or newer", ErrServerTooOld, version)
	}
	if need, ok := oldest[major]; ok && number < need {
		return fmt.Errorf("%w: it is %s, and before %d.%d a cached plan can show another tenant's rows (CVE-2024-10976); update it",
			ErrServerTooOld, version, need/10000, need%10000)
	}
	return nil
}
