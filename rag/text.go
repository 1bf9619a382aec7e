package rag

// A FixedText names something the bot says without an entry.
type FixedText string

// The fixed texts, as stored.
const (
	TextGreeting    FixedText = "greeting"
	TextThanks      FixedText = "thanks"
	TextGoodbye     FixedText = "goodbye"
	TextRobot       FixedText = "robot"
	TextPerson      FixedText = "person"
	TextAbuse       FixedText = "abuse"
	TextWordless    FixedText = "wordless"
	TextAbstain     FixedText = "abstain"
	TextNoKnowledge FixedText = "no_knowledge"
	TextClarify     FixedText = "clarify"
)

// FixedTexts are texts by language and name.
type FixedTexts map[string]map[FixedText]string

// DefaultTexts are what is said where a merchant wrote nothing.
var DefaultTexts = FixedTexts{
	"en": {
		TextGreeting:    "Hello! What would you like to know?",
		TextThanks:      "You are welcome. Anything else I can help with?",
		TextGoodbye:     "Goodbye, and thank you for stopping by.",
		TextRobot:       "I am the shop's automatic assistant. I answer from what the shop has written, day and night. If you would rather have a person, say so and leave a way to reach you.",
		TextPerson:      "Of course. I have asked a person from the shop to join you here.",
		TextAbuse:       "I am sorry that this is not going well. Leave a way to reach you and a person from the shop will look into it.",
		TextWordless:    "What would you like to know? A few words are enough.",
		TextAbstain:     "I am sorry, I do not have an answer to that. Leave a way to reach you and a person from the shop will reply, or try asking in other words.",
		TextNoKnowledge: "The shop has not written any answers yet. Leave a way to reach you and a person from the shop will reply.",
		TextClarify:     "I am not quite sure what you mean. Did you mean one of these?",
	},
	"zh-Hant": {
		TextGreeting:    "您好！請問想了解什麼呢？",
		TextThanks:      "不客氣！還有其他需要幫忙的地方嗎？",
		TextGoodbye:     "再見，謝謝您的光臨。",
		TextRobot:       "我是本店的自動客服，依照店家寫好的內容，全天候為您解答。若想找真人，請告訴我並留下聯絡方式。",
		TextPerson:      "沒問題，我已經請店裡的同仁過來，請稍候。",
		TextAbuse:       "很抱歉讓您有不好的感受。請留下聯絡方式，店裡的同仁會親自為您處理。",
		TextWordless:    "請問想了解什麼呢？用幾個字告訴我就可以。",
		TextAbstain:     "很抱歉，這個問題我目前沒有答案。請留下聯絡方式，店裡的同仁會回覆您；也可以換個說法再問一次。",
		TextNoKnowledge: "店家還沒有準備好解答內容。請留下聯絡方式，店裡的同仁會回覆您。",
		TextClarify:     "我不太確定您的意思，您想問的是以下哪一個呢？",
	},
	"zh-Hans": {
		TextGreeting:    "您好！请问想了解什么呢？",
		TextThanks:      "不客气！还有其他需要帮忙的吗？",
		TextGoodbye:     "再见，感谢您的光临。",
		TextRobot:       "我是本店的自动客服，按照店家写好的内容，全天候为您解答。如需人工服务，请告诉我并留下联系方式。",
		TextPerson:      "没问题，我已经请店里的同事过来，请稍候。",
		TextAbuse:       "很抱歉让您有不好的感受。请留下联系方式，店里的同事会亲自为您处理。",
		TextWordless:    "请问想了解什么呢？用几个字告诉我就可以。",
		TextAbstain:     "很抱歉，这个问题我暂时没有答案。请留下联系方式，店里的同事会回复您；也可以换个说法再问一次。",
		TextNoKnowledge: "店家还没有准备好解答内容。请留下联系方式，店里的同事会回复您。",
		TextClarify:     "我不太确定您的意思，您想问的是下面哪一个？",
	},
}

// say returns a fixed text of the shop: the merchant's own, else the product's.
// An unknown language gets English.
func (s Shop) say(language string, t FixedText) string {
	if own := s.Texts[language][t]; own != "" {
		return own
	}
	texts, ok := DefaultTexts[language]
	if !ok {
		texts = DefaultTexts["en"]
	}
	return texts[t]
}

// person begins what is said when a person is asked for: the merchant's own words,
// else otherwise.
func (s Shop) person(language string, otherwise fixedText) string {
	if own := s.Texts[language][TextPerson]; own != "" {
		return own
	}
	return say(language, otherwise)
}

// Welcome is what the bot says before the first question.
func (s Shop) Welcome(language string) string { return s.say(language, TextGreeting) }
