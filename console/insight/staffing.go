package insight

import "time"

// A Load is when shoppers ask, by hour of the week in the shop's time zone.
type Load struct {
	Hours [7][24]LoadHour // from Monday
	Weeks float64         // how long it was watched: each hour of the week came so often
}

// A LoadHour counts the conversations about the shop that began in it, over all weeks.
type LoadHour struct {
	Conversations int
	ByBot         int // answered without staff
	ForStaff      int // all others: handed over, without an answer, or not helpful
}

// What a plan needs: in less than two weeks no hour of the week has come twice,
// and below a hundred conversations most hours have none.
const (
	enoughWeeks         = 2
	enoughConversations = 100
)

// N is how many conversations the load has.
func (l Load) N() (n int) {
	for _, day := range l.Hours {
		for _, h := range day {
			n += h.Conversations
		}
	}
	return n
}

// Enough reports whether there is enough to plan by.
func (l Load) Enough() bool { return l.Weeks >= enoughWeeks && l.N() >= enoughConversations }

// Count counts the conversations that ended as o and began at the local time at.
func (l *Load) Count(at time.Time, o Outcome, n int) {
	if n == 0 || o == OnlySmallTalk {
		return
	}
	h := &l.Hours[(int(at.Weekday())+6)%7][at.Hour()]
	h.Conversations += n
	if o.WithoutStaff() {
		h.ByBot += n
	} else {
		h.ForStaff += n
	}
}

// A Target is what cover is planned for.
type Target struct {
	Level    float64       // share of those who need a person
	Wait     time.Duration // that is to be served within it
	Patience time.Duration // how long a shopper waits for a person on average
	Handle   time.Duration // what one conversation takes staff; 0: not known
}

// A PlannedHour is an hour of the week with the people it needs at the same time.
type PlannedHour struct {
	LoadHour
	Weekday         int // 1 is Monday
	Hour            int
	Staff           int
	StaffWithoutBot int
}

// Plan returns the hours in which somebody asked, in order, each with the fewest
// people that keep the target (Erlang A, see Queue); no people while what a
// conversation takes is not known, or while the load is too little to plan by.
func (l Load) Plan(t Target) (out []PlannedHour) {
	for day := range l.Hours {
		for hour, h := range l.Hours[day] {
			if h.Conversations == 0 {
				continue
			}
			p := PlannedHour{LoadHour: h, Weekday: day + 1, Hour: hour}
			if t.Handle > 0 && l.Enough() {
				people := func(n int) int {
					need, _ := Queue{PerHour: float64(n) / l.Weeks, Handle: t.Handle, Patience: t.Patience}.Staff(t.Level, t.Wait)
					return need
				}
				p.Staff, p.StaffWithoutBot = people(h.ForStaff), people(h.Conversations)
			}
			out = append(out, p)
		}
	}
	return out
}

// A Closing is what comes between an hour at which a shop may close and its opening.
type Closing struct {
	Hour          int
	Conversations int
	ByBot         int
}

// Closings returns one for every hour from noon on, for a shop whose people come back at
// opensAt o'clock.
func (l Load) Closings(opensAt int) (out []Closing) {
	for closes := 12; closes < 24; closes++ {
		c := Closing{Hour: closes}
		for hour := closes; hour%24 != opensAt; hour++ {
			for day := range l.Hours {
				h := l.Hours[day][hour%24]
				c.Conversations += h.Conversations
				c.ByBot += h.ByBot
			}
		}
		if c.Hour != opensAt {
			out = append(out, c)
		}
	}
	return out
}
