// Package lint reads a database's catalogue and tells every way in which one
// tenant could reach another's rows: the shape that the migrations promise, held
// against what is really there. It looks at the schema and the roles, never at
// rows, and changes nothing. It may run as any role.
package lint

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Finding is one breach of a rule.
type Finding struct {
	Rule   string // its short name
	Object string // the table, policy, role, ...
	Text   string // what is wrong with it
}

func (f Finding) String() string { return fmt.Sprintf("%s: %s: %s", f.Rule, f.Object, f.Text) }

// rule is one query, which returns (object, text) for each breach.
type rule struct{ name, sql string }

// Beginner is a connection, a pool, or a transaction.
type Beginner interface {
	Begin(ctx context.Context) (pgx.Tx, error)
}

// Check applies every rule and returns the breaches in the rules' order: none
// for a database that keeps its tenants apart. The error is of the queries.
func Check(ctx context.Context, on Beginner) ([]Finding, error) {
	tx, err := on.Begin(ctx)
	if err != nil {
		return nil, fmt.Errorf("lint: %w", err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	// With this path a name in a policy is printed bare only if it is Postgres'
	// own: a function called like one of them cannot hide behind it.
	if _, err := tx.Exec(ctx, `SET LOCAL search_path = pg_catalog`); err != nil {
		return nil, fmt.Errorf("lint: %w", err)
	}
	var out []Finding
	for _, r := range rules {
		rows, _ := tx.Query(ctx, scope+r.sql)
		found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Finding, error) {
			f := Finding{Rule: r.name}
			return f, row.Scan(&f.Object, &f.Text)
		})
		if err != nil {
			return nil, fmt.Errorf("lint: rule %s: %w", r.name, err)
		}
		out = append(out, found...)
	}
	return out, nil
}
