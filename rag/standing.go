package rag

import (
	"fmt"
	"strings"
	"time"
)

// Availability is whether a shop's people are there.
type Availability int

// The kinds of availability.
const (
	UnknownHours Availability = iota // the shop has set no hours
	OpenNow
	ClosedNow
)

// WaitStats are how long shoppers lately waited for a person's first words in
// opening time, and how many wait now before this one.
type WaitStats struct {
	Typical time.Duration // the median
	N       int           // of how many hand-overs
	Ahead   int
}

// fewWaits is the least number of hand-overs that a typical wait is told from.
const fewWaits = 5

// A Standing is what the shopper is told of a Hold: nothing in it is a promise
// that was not measured or set by the shop.
type Standing struct {
	Hold
	Availability Availability
	OpensAt      time.Time // zero: open, or not known
	WaitStats              // Typical is 0 below fewWaits
	Text         string    // "" when there is nothing to tell
	Consent      string    // beside the contact form
}

// Stand makes the Standing of a conversation at now, in language.
func Stand(shop Shop, hold Hold, w WaitStats, language string, now time.Time) Standing {
	language = firstLanguage(language, shop.Language)
	s := Standing{Hold: hold, WaitStats: w, Consent: shop.Hours.ConsentText}
	if s.N < fewWaits {
		s.Typical, s.N = 0, 0
	}
	if s.Consent == "" {
		s.Consent = fmt.Sprintf(say(language, textConsent), shop.Name)
	}
	s.Availability, s.OpensAt = shop.Hours.Availability(now)
	if hold.State == Waiting {
		s.Text = waitingText(shop, language, now, s)
	}
	return s
}

// Availability returns whether people are there at now, and when not, from when on; zero
// when that is not known.
func (h Hours) Availability(now time.Time) (Availability, time.Time) {
	if !h.Known() {
		return UnknownHours, time.Time{}
	}
	at, ok := h.OpensAt(now)
	switch {
	case !ok:
		return ClosedNow, time.Time{}
	case at.After(now):
		return ClosedNow, at
	}
	return OpenNow, time.Time{}
}

func waitingText(shop Shop, language string, now time.Time, s Standing) string {
	h := shop.Hours
	switch s.Availability {
	case OpenNow:
		parts := []string{shop.person(language, textPersonOpen)}
		if s.Typical > 0 {
			parts = append(parts, fmt.Sprintf(say(language, textTypicalWait), max(1, int((s.Typical+time.Minute-1)/time.Minute))))
		}
		return sentences(language, parts...)
	case ClosedNow:
		away := h.AwayText
		if away == "" {
			away = say(language, textAway)
		}
		back := ""
		if !s.OpensAt.IsZero() {
			back = fmt.Sprintf(say(language, textBack), moment(language, s.OpensAt.In(h.Zone), now.In(h.Zone)))
		}
		return sentences(language, away, back, say(language, textLeaveContact))
	}
	return sentences(language, shop.person(language, textPersonUnknown), say(language, textLeaveContact))
}

// sentences joins what is not empty as the language does.
func sentences(language string, parts ...string) string {
	blank := " "
	if strings.HasPrefix(language, "zh") {
		blank = ""
	}
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, blank)
}

var weekdays = map[string][]string{
	"en":      {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	"zh-Hant": {"週日", "週一", "週二", "週三", "週四", "週五", "週六"},
	"zh-Hans": {"周日", "周一", "周二", "周三", "周四", "周五", "周六"},
}

// moment writes a time of the shop with its distance from Greenwich: the
// shopper may sit under another clock.
func moment(language string, at, now time.Time) string {
	clock, zone := at.Format("15:04"), offset(at)
	days := int(date(at).Sub(date(now)).Hours()) / 24
	if strings.HasPrefix(language, "zh") {
		day := fmt.Sprintf("%d月%d日（%s）", at.Month(), at.Day(), weekdays[language][at.Weekday()])
		switch days {
		case 0:
			day = "今天"
		case 1:
			day = "明天"
		}
		return day + clock + "（" + zone + "）"
	}
	day := fmt.Sprintf("on %s, %d %s", weekdays["en"][at.Weekday()], at.Day(), at.Month())
	switch days {
	case 0:
		day = "today"
	case 1:
		day = "tomorrow"
	}
	return fmt.Sprintf("%s at %s (%s)", day, clock, zone)
}

func date(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

func offset(t time.Time) string {
	_, seconds := t.Zone()
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	text := fmt.Sprintf("UTC%c%d", sign, seconds/3600)
	if m := seconds % 3600 / 60; m != 0 {
		text += fmt.Sprintf(":%02d", m)
	}
	return text
}

// firstLanguage returns the first language with fixed texts, else English.
func firstLanguage(languages ...string) string {
	for _, l := range languages {
		if _, ok := fixedTexts[l]; ok {
			return l
		}
	}
	return "en"
}

// NoteText is what a note to both sides says.
func NoteText(language, note string) string {
	return say(language, map[string]fixedText{
		NoteWaiting: textNoteWaiting, NoteJoined: textNoteJoined, NoteHandedBack: textNoteHandedBack, NoteClosed: textNoteClosed,
	}[note])
}
