package rag_test

import (
	"strings"
	"testing"

	"storebot/rag"

	"github.com/google/uuid"
)

func TestWhatStaffAreTold(t *testing.T) {
	n := rag.Notice{Kind: rag.NoticeWaiting, Conversation: uuid.New(), Shop: "茶行", Language: "zh-Hant", Question: strings.Repeat("請", 400)}
	subject, text := n.Text("https://bot.example")
	if !strings.Contains(subject, "茶行") || !strings.Contains(text, "https://bot.example/console/inbox/"+n.Conversation.String()) ||
		strings.Count(text, "請") > 310 || !strings.Contains(text, "…") {
		t.Errorf("%q\n%s", subject, text)
	}
	n.Kind, n.Question, n.Language = rag.NoticeContact, "", "fr"
	if subject, text := n.Text(""); !strings.Contains(subject, "left a way") || strings.Contains(text, ">") {
		t.Errorf("%q\n%s", subject, text)
	}
}
