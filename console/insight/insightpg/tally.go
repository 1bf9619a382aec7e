package insightpg

import (
	"time"

	"storebot/console/insight"

	"github.com/jackc/pgx/v5"
)

// quarter is the step in which conversations are counted: see table tally.
const quarter = 15 * time.Minute

// counted gives a row of table tally for each quarter of an hour in which a conversation
// of [$2, $3) began: $2 and $3 alone say which ones, so the quarters at the ends may be parts.
//
// Each conversation's replies are looked up by its key, as sqlLedger does. The
// width of a bin is insight's.
const counted = `
	WITH begun AS (
		SELECT c.id, c.created_at, c.wants_person_at, c.staff_at, c.id IN (SELECT conversation_id FROM contact WHERE tenant_id = $1) AS contact,` + scoredAndWrote + `
		FROM conversation c WHERE c.tenant_id = $1 AND c.created_at >= $2 AND c.created_at < $3
	), turn AS (
		SELECT m.*, date_bin('15 minutes', b.created_at, '2000-01-01 00:00:00+00') AS quarter
		FROM begun b CROSS JOIN LATERAL (
			SELECT conversation_id, id, created_at, decision, reason, rating, first_words_us, total_us, entry_ids[1] AS entry
			FROM message WHERE tenant_id = $1 AND conversation_id = b.id AND author = 'bot' OFFSET 0) m
	), ` + outcomes + `, ended AS (
		SELECT date_bin('15 minutes', created_at, '2000-01-01 00:00:00+00') AS quarter,
		       count(*) FILTER (WHERE outcome = 'handed_off')::int AS handed_off,
		       count(*) FILTER (WHERE outcome = 'failed_hand_off')::int AS failed_hand_off,
		       count(*) FILTER (WHERE outcome = 'small_talk')::int AS small_talk,
		       count(*) FILTER (WHERE outcome = 'not_helpful')::int AS not_helpful,
		       count(*) FILTER (WHERE outcome = 'abstained')::int AS abstained,
		       count(*) FILTER (WHERE outcome = 'confirmed')::int AS confirmed,
		       count(*) FILTER (WHERE outcome = 'returned')::int AS returned,
		       count(*) FILTER (WHERE outcome = 'untouched')::int AS untouched,
		       count(*) FILTER (WHERE questions > 0)::int AS replied,
		       count(*) FILTER (WHERE heard = 'bot' AND content)::int AS bot_content,
		       count(*) FILTER (WHERE heard = 'bot' AND NOT content)::int AS bot_discontent,
		       count(*) FILTER (WHERE heard = 'both' AND content)::int AS both_content,
		       count(*) FILTER (WHERE heard = 'both' AND NOT content)::int AS both_discontent,
		       count(*) FILTER (WHERE heard = 'staff' AND content)::int AS staff_content,
		       count(*) FILTER (WHERE heard = 'staff' AND NOT content)::int AS staff_discontent,
		       max(last_at) AS latest_at,
		       coalesce(array_agg(last_at) FILTER (WHERE outcome = 'untouched'), '{}') AS untouched_last_at,
		       coalesce(array_agg(last_at) FILTER (WHERE outcome = 'confirmed' AND NOT came_back), '{}') AS confirmed_last_at,
		       coalesce(array_agg(last_at) FILTER (WHERE outcome IN ('confirmed', 'returned') AND came_back), '{}') AS returned_last_at
		FROM outcome GROUP BY 1
	), replied AS (
		SELECT quarter,
		       count(*) FILTER (WHERE decision = 'direct')::int AS direct,
		       count(*) FILTER (WHERE decision = 'composed')::int AS composed,
		       count(*) FILTER (WHERE decision = 'clarify')::int AS clarify,
		       count(*) FILTER (WHERE decision = 'abstain')::int AS abstain,
		       count(*) FILTER (WHERE decision = 'small_talk')::int AS pleasantry,
		       count(*) FILTER (WHERE rating = 1)::int AS up,
		       count(*) FILTER (WHERE rating = -1)::int AS down
		FROM turn GROUP BY quarter
	), first_words AS (
		SELECT quarter, array_agg(bin) AS bins, array_agg(n) AS n FROM (
			SELECT quarter, ceil(ln(greatest(first_words_us, 1)::float8) / (2 * atanh(0.01::float8)))::smallint AS bin, count(*)::int AS n
			FROM turn GROUP BY 1, 2) x GROUP BY quarter
	), total AS (
		SELECT quarter, array_agg(bin) AS bins, array_agg(n) AS n FROM (
			SELECT quarter, ceil(ln(greatest(total_us, 1)::float8) / (2 * atanh(0.01::float8)))::smallint AS bin, count(*)::int AS n
			FROM turn GROUP BY 1, 2) x GROUP BY quarter
	), entry AS (
		SELECT quarter, array_agg(entry) AS ids, array_agg(n) AS n, array_agg(up) AS up, array_agg(down) AS down FROM (
			SELECT quarter, entry, count(*)::int AS n,
			       count(*) FILTER (WHERE rating = 1)::int AS up, count(*) FILTER (WHERE rating = -1)::int AS down
			FROM turn WHERE decision IN ('direct', 'composed') AND entry IS NOT NULL GROUP BY 1, 2) x GROUP BY quarter
	)
	SELECT $1::uuid AS tenant_id, quarter AS begins_at, handed_off, failed_hand_off, small_talk, not_helpful, abstained, confirmed, returned, untouched,
	       coalesce(direct, 0) AS direct, coalesce(composed, 0) AS composed, coalesce(clarify, 0) AS clarify, coalesce(abstain, 0) AS abstain,
	       coalesce(pleasantry, 0) AS pleasantry, coalesce(r.up, 0) AS rated_up, coalesce(r.down, 0) AS rated_down,
	       coalesce(f.bins, '{}') AS first_words_bins, coalesce(f.n, '{}') AS first_words_n,
	       coalesce(t.bins, '{}') AS total_bins, coalesce(t.n, '{}') AS total_n,
	       coalesce(e.ids, '{}') AS entry_ids, coalesce(e.n, '{}') AS entry_n, coalesce(e.up, '{}') AS entry_up, coalesce(e.down, '{}') AS entry_down,
	       latest_at, untouched_last_at, confirmed_last_at, returned_last_at,
	       replied, bot_content, bot_discontent, both_content, both_discontent, staff_content, staff_discontent
	FROM ended LEFT JOIN replied r USING (quarter) LEFT JOIN first_words f USING (quarter)
	LEFT JOIN total t USING (quarter) LEFT JOIN entry e USING (quarter)`

// tallyColumns are those that a report is made from. $4: when a conversation's last reply
// was is told only if it matters, that is, if it is younger than that.
const tallyColumns = `
	SELECT begins_at, handed_off, failed_hand_off, small_talk, not_helpful, abstained, confirmed, returned, untouched,
	       direct, composed, clarify, abstain, pleasantry, rated_up, rated_down,
	       replied, bot_content, bot_discontent, both_content, both_discontent, staff_content, staff_discontent,
	       first_words_bins, first_words_n, total_bins, total_n, cardinality(returned_last_at),
	       CASE WHEN latest_at > $4 THEN untouched_last_at ELSE '{}' END,
	       CASE WHEN latest_at > $4 THEN confirmed_last_at ELSE '{}' END,
	       CASE WHEN latest_at > $4 THEN returned_last_at ELSE '{}' END
	FROM tally`

const (
	sqlTallies = tallyColumns + ` WHERE tenant_id = $1 AND begins_at >= $2 AND begins_at < $3`
	// sqlCounted counts what is not in the table: the last hours, and parts of quarters.
	sqlCounted = `WITH tally AS (` + counted + `) ` + tallyColumns
)

// A tally is what a report needs of a row.
type tally struct {
	beginsAt time.Time

	handedOff, failedHandOff, smallTalk, notHelpful, abstained, confirmed, returned, untouched int32
	direct, composed, clarify, abstain, pleasantry, up, down                                   int32

	replied, botContent, botDiscontent, bothContent, bothDiscontent, staffContent, staffDiscontent int32

	firstBins, totalBins []int16
	firstN, totalN       []int32

	cameBack                                   int32       // of those the bot dealt with alone
	untouchedLast, confirmedLast, returnedLast []time.Time // empty when none is young
}

// each calls f with every row; f must not keep it.
func each(rows pgx.Rows, f func(t *tally)) error {
	var t tally
	_, err := pgx.ForEachRow(rows, []any{
		&t.beginsAt, &t.handedOff, &t.failedHandOff, &t.smallTalk, &t.notHelpful, &t.abstained, &t.confirmed, &t.returned, &t.untouched,
		&t.direct, &t.composed, &t.clarify, &t.abstain, &t.pleasantry, &t.up, &t.down,
		&t.replied, &t.botContent, &t.botDiscontent, &t.bothContent, &t.bothDiscontent, &t.staffContent, &t.staffDiscontent,
		&t.firstBins, &t.firstN, &t.totalBins, &t.totalN, &t.cameBack, &t.untouchedLast, &t.confirmedLast, &t.returnedLast,
	}, func() error { f(&t); return nil })
	return err
}

// byOutcome are its conversations.
func (t *tally) byOutcome() map[insight.Outcome]int {
	return map[insight.Outcome]int{
		insight.HandedOff: int(t.handedOff), insight.FailedHandOff: int(t.failedHandOff), insight.OnlySmallTalk: int(t.smallTalk),
		insight.NotHelpful: int(t.notHelpful), insight.Abstained: int(t.abstained), insight.Confirmed: int(t.confirmed),
		insight.Returned: int(t.returned), insight.Untouched: int(t.untouched),
	}
}

// ratings are its rated conversations.
func (t *tally) ratings() map[insight.Heard]insight.Ratings {
	return map[insight.Heard]insight.Ratings{
		insight.HeardBot:   {Content: int(t.botContent), Discontent: int(t.botDiscontent)},
		insight.HeardBoth:  {Content: int(t.bothContent), Discontent: int(t.bothDiscontent)},
		insight.HeardStaff: {Content: int(t.staffContent), Discontent: int(t.staffDiscontent)},
	}
}
