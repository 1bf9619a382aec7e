package ragpg

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/rag/cluster"
	"storebot/tenant"
)

const (
	// groupBatch bounds the questions that one transaction puts into clusters,
	// groupMembers those of the clusters that are there which it reads: the
	// newest, a tenth of a second's work.
	groupBatch   = 500
	groupMembers = 5000
	// patience is how long a shopper may take to take up what was offered.
	patience = 15 * time.Minute
	// gapAge is how far back a "did you mean" is looked for.
	gapAge = 30 * 24 * time.Hour
)

const (
	// $2 is now. All that is older than the newest question of this kind has been
	// looked at.
	sqlNoteNotTakenUp = `
		INSERT INTO gap (tenant_id, id, message_id, question, language, kind, created_at)
		SELECT $1, gen_random_uuid(), q.id, q.text, q.language, 'not_taken_up', q.created_at
		FROM message b
		JOIN message q ON q.tenant_id = $1 AND q.conversation_id = b.conversation_id AND q.client_key = b.client_key AND q.author = 'shopper'
		WHERE b.tenant_id = $1 AND b.decision = 'clarify'
		  AND b.created_at < $2::timestamptz - $3::interval
		  AND b.created_at > greatest($2::timestamptz - $4::interval,
		      (SELECT max(created_at) FROM gap WHERE tenant_id = $1 AND kind = 'not_taken_up'))
		  AND NOT EXISTS (
		      SELECT FROM message n WHERE n.tenant_id = $1 AND n.conversation_id = b.conversation_id
		      AND n.decision IN ('direct', 'composed') AND n.created_at > b.created_at AND n.created_at < b.created_at + $3::interval)
		ON CONFLICT (tenant_id, message_id) DO NOTHING`

	sqlUnclustered = `
		SELECT id, question, language FROM gap
		WHERE tenant_id = $1 AND cluster_id IS NULL AND state = 'open' ORDER BY created_at, id LIMIT $2`

	sqlMembers = `
		SELECT g.id, g.cluster_id, g.question, c.state FROM (
			SELECT id, cluster_id, question FROM gap WHERE tenant_id = $1 AND cluster_id IS NOT NULL
			ORDER BY created_at DESC, id DESC LIMIT $2) g
		JOIN gap_cluster c ON c.tenant_id = $1 AND c.id = g.cluster_id`

	sqlDropWorthless = `UPDATE gap SET state = 'dismissed' WHERE tenant_id = $1 AND id = ANY ($2::uuid[])`

	sqlPutCluster = `
		INSERT INTO gap_cluster (tenant_id, id, question, language)
		SELECT $1, $2, question, language FROM gap WHERE tenant_id = $1 AND id = $3
		ON CONFLICT (tenant_id, id) DO UPDATE SET question = excluded.question, language = excluded.language`

	// What joins a dismissed cluster is dismissed with it.
	sqlJoin = `
		UPDATE gap g SET cluster_id = n.cluster, state = CASE WHEN c.state = 'dismissed' THEN 'dismissed' ELSE g.state END
		FROM unnest($2::uuid[], $3::uuid[]) AS n (question, cluster)
		JOIN gap_cluster c ON c.tenant_id = $1 AND c.id = n.cluster
		WHERE g.tenant_id = $1 AND g.id = n.question`

	sqlDropEmptyClusters = `
		DELETE FROM gap_cluster c WHERE c.tenant_id = $1
		AND NOT EXISTS (SELECT FROM gap g WHERE g.tenant_id = $1 AND g.cluster_id = c.id)`
)

// Group puts a shop's new questions into clusters, some hundred at a time, and
// says whether there are more. It is for a background job and for whoever is about
// to look at gaps; no shopper waits for it. What has a cluster keeps it.
func (l *Learning) Group(ctx context.Context, id tenant.ID) (more bool, err error) {
	err = l.inTenant(ctx, id, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, sqlLockLearning, id.UUID); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlNoteNotTakenUp, id.UUID, l.Now(), patience, gapAge); err != nil {
			return fmt.Errorf("note what was not taken up: %w", err)
		}
		rows, err := tx.Query(ctx, sqlUnclustered, id.UUID, groupBatch)
		if err != nil {
			return err
		}
		fresh, err := pgx.CollectRows(rows, pgx.RowToStructByPos[newQuestion])
		if err != nil || len(fresh) == 0 {
			return err
		}
		more = len(fresh) == groupBatch
		return l.group(ctx, tx, id, fresh)
	})
	if err != nil {
		return false, fmt.Errorf("group the gaps of tenant %s: %w", id, err)
	}
	return more, nil
}

type newQuestion struct {
	ID       uuid.UUID
	Question string
	Language string
}

type clusterMember struct {
	ID       uuid.UUID
	Cluster  uuid.UUID
	Question string
	State    rag.GapState
}

func (l *Learning) group(ctx context.Context, tx pgx.Tx, id tenant.ID, fresh []newQuestion) error {
	var worthless []uuid.UUID
	var asked []newQuestion
	for _, q := range fresh {
		if rag.Worth(q.Question) {
			asked = append(asked, q)
		} else {
			worthless = append(worthless, q.ID)
		}
	}
	if _, err := tx.Exec(ctx, sqlDropWorthless, id.UUID, worthless); err != nil {
		return err
	}
	rows, err := tx.Query(ctx, sqlMembers, id.UUID, groupMembers)
	if err != nil {
		return err
	}
	members, err := pgx.CollectRows(rows, pgx.RowToStructByPos[clusterMember])
	if err != nil {
		return err
	}
	texts := make([]string, 0, len(members)+len(asked))
	keys := make([]uuid.UUID, 0, cap(texts)) // the question of each text
	for _, m := range members {
		texts, keys = append(texts, m.Question), append(keys, m.ID)
	}
	for _, q := range asked {
		texts, keys = append(texts, q.Question), append(keys, q.ID)
	}
	g := cluster.New(texts)
	var clusters []uuid.UUID
	numbers := map[uuid.UUID]int{}
	for i, m := range members {
		n, known := numbers[m.Cluster]
		if !known {
			n = g.Open()
			numbers[m.Cluster] = n
			clusters = append(clusters, m.Cluster)
		}
		g.Add(n, i, m.Question)
	}
	joined := make([]uuid.UUID, len(asked))
	questions := make([]uuid.UUID, len(asked))
	grown := map[int]bool{}
	for i, q := range asked {
		n, opened := g.Assign(len(members)+i, q.Question)
		if opened {
			clusters = append(clusters, uuid.Must(uuid.NewV7()))
		}
		questions[i], joined[i], grown[n] = q.ID, clusters[n], true
	}
	var b pgx.Batch
	for n := range grown {
		b.Queue(sqlPutCluster, id.UUID, clusters[n], keys[g.Typical(n)])
	}
	b.Queue(sqlJoin, id.UUID, questions, joined)
	b.Queue(sqlDropEmptyClusters, id.UUID)
	return tx.SendBatch(ctx, &b).Close()
}
