package sheet

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"storebot/rag"
)

// stateNames are what people write for an entry's state, folded.
var stateNames = func() map[string]rag.EntryState {
	names := map[string]rag.EntryState{}
	for state, list := range map[rag.EntryState]string{
		rag.Published: "published publish live active on yes 1 true 已發布 已发布 發布 发布 公開 公开 上架 啟用 启用 是",
		rag.Drafted:   "draft unpublished inactive hidden off no 0 false 草稿 未發布 未发布 下架 停用 隱藏 隐藏 否",
	} {
		for name := range strings.FieldsSeq(list) {
			names[name] = state
		}
	}
	return names
}()

func (c *check) state(column int) rag.EntryState {
	cell := c.text(column)
	if cell == "" {
		return ""
	}
	state, known := stateNames[fold(cell)]
	if !known {
		c.report(column, UnknownState, fmt.Sprintf("%q is not a state", shorten(cell)), "write published or draft, or leave the cell empty")
	}
	return state
}

// terms reads the columns that say when an entry is answered.
func (c *check) terms() rag.Terms {
	t := rag.Terms{State: c.state(c.layout.state), From: c.date(c.layout.from, false), Until: c.date(c.layout.until, true)}
	if !t.From.IsZero() && !t.Until.IsZero() && !t.From.Before(t.Until) {
		c.report(c.layout.until, DatesCrossed, "the entry ends before it begins", "give an end after the beginning")
	}
	return t
}

// A date is year, month and day in this order, in any usual spelling, with or
// without a time. Others (12-01-26) can mean two days.
var datePattern = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$`)

// date reads a moment in the shop's time zone. A day without a time is its
// beginning, or, as an end, its last moment.
func (c *check) date(column int, end bool) time.Time {
	cell := c.text(column)
	if cell == "" {
		return time.Time{}
	}
	at, ok := parseDate(norm.NFKC.String(cell), end, c.layout.zone)
	if !ok {
		c.report(column, UnknownDate, fmt.Sprintf("%q is not a date that can be read in one way only", shorten(cell)), "write it as 2026-12-31, or 2026-12-31 18:00")
	}
	return at
}

func parseDate(cell string, end bool, zone *time.Location) (time.Time, bool) {
	if zone == nil {
		zone = time.UTC
	}
	if at, err := time.Parse(time.RFC3339, cell); err == nil {
		return at.UTC(), true
	}
	var n [6]int
	timed := false
	if m := datePattern.FindStringSubmatch(cell); m != nil {
		for i := range n {
			n[i], _ = strconv.Atoi(m[i+1]) // "" is 0
		}
		timed = m[4] != ""
	} else if days, err := strconv.Atoi(cell); err == nil && days > 20_000 && days < 100_000 {
		// A spreadsheet's day number: 1 is 1900-01-01, in a calendar that has a
		// 29th of February in that year.
		day := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days)
		n[0], n[1], n[2] = day.Year(), int(day.Month()), day.Day()
	} else {
		return time.Time{}, false
	}
	at := time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, zone)
	if at.Month() != time.Month(n[1]) || at.Day() != n[2] || n[3] > 23 || n[4] > 59 || n[5] > 59 {
		return time.Time{}, false // the 31st of February
	}
	if end && !timed {
		at = time.Date(n[0], time.Month(n[1]), n[2]+1, 0, 0, 0, 0, zone)
	}
	return at.UTC(), true
}

// writeDate is what date reads back as the same moment, in the moment's own zone.
func writeDate(at time.Time, end bool) string {
	if at.IsZero() {
		return ""
	}
	day := at
	if end {
		day = at.AddDate(0, 0, -1)
	}
	for _, text := range []string{day.Format(time.DateOnly), at.Format("2006-01-02 15:04"), at.Format(time.DateTime)} {
		if back, ok := parseDate(text, end, at.Location()); ok && back.Equal(at) {
			return text
		}
	}
	return at.Format(time.RFC3339) // an hour that the clocks showed twice
}

// termCells are the row's terms as cells; the usual ones leave them empty.
func (r Row) termCells() []string {
	state := ""
	if r.Terms.State == rag.Drafted {
		state = string(rag.Drafted)
	}
	return []string{state, writeDate(r.Terms.From, false), writeDate(r.Terms.Until, true)}
}
