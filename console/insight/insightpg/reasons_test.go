package insightpg_test

import (
	"strings"
	"testing"

	"storebot/console/insight"
)

// The reasons that are shown are those that can be stored.
func TestReasonsAreThoseOfTheTable(t *testing.T) {
	s := newStage(t, nil)
	var rule string
	if err := s.admin.QueryRow(t.Context(), `SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'handover'::regclass AND conname = 'handover_reason_check'`).Scan(&rule); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(rule, "::text"); n == 0 {
		t.Fatal(rule)
	}
	for _, reason := range insight.Reasons {
		if !strings.Contains(rule, "'"+reason+"'") {
			t.Errorf("%s is not in %s", reason, rule)
		}
		rule = strings.Replace(rule, "'"+reason+"'", "", 1)
	}
	if strings.Contains(rule, "'") {
		t.Errorf("not shown: %s", rule)
	}
}
