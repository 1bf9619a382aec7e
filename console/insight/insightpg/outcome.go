package insightpg

import (
	"storebot/tenant"
	"storebot/tenant/tenantpg"
)

// outcomes goes on from begun, the conversations to be classified, and turn,
// their replies, and gives one row each. The order of the cases is that of insight.Outcomes.
//
// Only replies are read: a question has its reply's key, and was asked total_us
// before it. What is compared are times of the latest of each kind, so that
// nothing is sorted but the few conversations that last half an hour or more. Where two
// are of one time the worse counts. came_back tells of every outcome what returned says of one. heard and
// content are insight's Heard and Rating; content is NULL where nothing was rated.
const outcomes = `summary AS (
		SELECT conversation_id,
		       count(*)::int AS questions,
		       bool_or(decision <> 'small_talk') AS looked_for,
		       bool_or(reason = 'person') AS said_person,
		       max(created_at) FILTER (WHERE decision IN ('direct', 'composed')) AS answered_at,
		       max(created_at) FILTER (WHERE decision IN ('abstain', 'clarify')) AS open_at,
		       max(created_at) FILTER (WHERE rating = 1) AS up_at,
		       max(created_at) FILTER (WHERE rating = -1) AS down_at,
		       min(created_at) AS first_at, max(created_at) AS last_at
		FROM turn GROUP BY conversation_id
	), pause AS (
		SELECT conversation_id, decision,
		       created_at - make_interval(secs => total_us / 1e6)
		           - lag(created_at) OVER (PARTITION BY conversation_id ORDER BY created_at, id) AS length
		FROM turn JOIN summary USING (conversation_id) WHERE last_at - first_at >= interval '30 minutes'
	), returned AS (
		SELECT DISTINCT conversation_id FROM pause
		WHERE decision <> 'small_talk' AND length >= interval '30 minutes' AND length <= interval '7 days'
	), outcome AS (
		SELECT b.id, b.created_at, coalesce(s.questions, 0) AS questions, coalesce(s.last_at, b.created_at) AS last_at,
		       r.conversation_id IS NOT NULL AS came_back,
		       CASE
		           WHEN b.contact OR b.staff_at IS NOT NULL THEN 'handed_off'
		           WHEN b.wants_person_at IS NOT NULL OR s.said_person THEN 'failed_hand_off'
		           WHEN NOT s.looked_for THEN 'small_talk'
		           WHEN s.down_at >= s.up_at OR s.down_at IS NOT NULL AND s.up_at IS NULL THEN 'not_helpful'
		           WHEN s.open_at >= s.answered_at OR s.answered_at IS NULL THEN 'abstained'
		           WHEN s.up_at IS NOT NULL THEN 'confirmed'
		           WHEN r.conversation_id IS NOT NULL THEN 'returned'
		           ELSE 'untouched'
		       END AS outcome,
		       CASE WHEN NOT b.staff_wrote THEN 'bot' WHEN s.looked_for THEN 'both' ELSE 'staff' END AS heard,
		       coalesce(b.score >= 4, s.up_at > s.down_at,
		                CASE WHEN s.up_at IS NOT NULL THEN true WHEN s.down_at IS NOT NULL THEN false END) AS content
		FROM begun b
		LEFT JOIN summary s ON s.conversation_id = b.id
		LEFT JOIN returned r ON r.conversation_id = b.id
		WHERE s.conversation_id IS NOT NULL OR b.wants_person_at IS NOT NULL OR b.contact OR b.staff_at IS NOT NULL
	)`

// What begun says of a conversation c beyond its own columns. The subqueries
// cannot be joined: each is one look by the key.
const beside = `
		coalesce((SELECT true FROM contact k WHERE k.tenant_id = $1 AND k.conversation_id = c.id LIMIT 1), false) AS contact,` + scoredAndWrote

// scoredAndWrote is the part of it that says how content the shopper was and who wrote.
const scoredAndWrote = `
		(SELECT score FROM satisfaction s WHERE s.tenant_id = $1 AND s.conversation_id = c.id) AS score,
		c.staff_at IS NOT NULL AND coalesce((SELECT true FROM message m
			WHERE m.tenant_id = $1 AND m.conversation_id = c.id AND m.position IS NOT NULL AND m.author = 'staff' LIMIT 1), false) AS staff_wrote`

// What such a statement runs under, until its transaction ends. It is planned
// for the period that is asked for, sorts in memory, and is done before a compiled plan
// would be ready.
const (
	sqlPlan   = `SELECT set_config('plan_cache_mode', 'force_custom_plan', true)`
	sqlMemory = `SELECT set_config('work_mem', '64MB', true)`
	sqlJIT    = `SELECT set_config('jit', 'off', true)`
)

// prepare queues the settings of one such statement.
func prepare(b *tenantpg.Batch, id tenant.ID) {
	b.In(id, sqlPlan)
	b.In(id, sqlMemory)
	b.In(id, sqlJIT)
}
