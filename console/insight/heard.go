package insight

// Heard is whose words the shopper of a conversation has read, by its stored
// messages: who had a part in how content the shopper was.
type Heard string

// HeardBot: no person wrote. HeardBoth: a person wrote, and the bot replied to a
// question about the shop. HeardStaff: a person wrote, and the bot said nothing
// beyond small talk.
const (
	HeardBot   Heard = "bot"
	HeardBoth  Heard = "both"
	HeardStaff Heard = "staff"
)

// Heards lists them all.
var Heards = []Heard{HeardBot, HeardBoth, HeardStaff}

// Rating is what the shopper of a conversation said of it at last: the score of
// the whole where there is one, Content from 4 of 5 on (the two upper boxes, by which
// customer satisfaction is commonly counted), else the last rating of a reply.
type Rating string

// The ratings; Rated is a Filter's: one or the other.
const (
	Content    Rating = "content"
	Discontent Rating = "discontent"
	Rated      Rating = "rated"
)

// Ratings counts conversations by what their shoppers said.
type Ratings struct{ Content, Discontent int }

// N is how many were rated.
func (r Ratings) N() int { return r.Content + r.Discontent }

// Reasons is why conversations are handed over, as they are stored, in the order
// in which they are shown; the last is no asking: a person stepped in.
var Reasons = []string{"asked", "missing_knowledge", "policy", "tool_failure", "limit", "staff"}

// HandOvers counts those of one reason, and the conversations they were in.
type HandOvers struct {
	Reason           string
	N, Conversations int
}
