package rag

import (
	"fmt"

	"github.com/google/uuid"
)

// The kinds of notice to staff, as stored.
const (
	NoticeWaiting = "waiting" // a conversation waits for a person
	NoticeContact = "contact" // a shopper left a way to be reached
)

// A Notice is what staff are to be told by mail.
type Notice struct {
	Kind         string
	Conversation uuid.UUID
	Shop         string
	Language     string   // of the shop's fixed texts
	To           []string // addresses
	Question     string   // what the shopper said last, masked; "" when nothing
}

// longestQuoted is how many runes of the shopper's words a mail quotes.
const longestQuoted = 300

// Text returns the subject and the text of the mail. console is where the
// console is reached. It holds no contact: who reads the mail signs in for that.
func (n Notice) Text(console string) (subject, text string) {
	head := map[string]fixedText{NoticeWaiting: textMailWaiting, NoticeContact: textMailContact}[n.Kind]
	language := firstLanguage(n.Language)
	subject = fmt.Sprintf(say(language, head), n.Shop)
	text = subject + "\n\n"
	if n.Question != "" {
		quoted := []rune(n.Question)
		if len(quoted) > longestQuoted {
			quoted = append(quoted[:longestQuoted:longestQuoted], '…')
		}
		text += "> " + string(quoted) + "\n\n"
	}
	return subject, text + console + "/console/inbox/" + n.Conversation.String() + "\n"
}
