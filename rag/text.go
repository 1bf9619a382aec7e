package rag

// A fixedText is something the bot says that no merchant wrote, in each of the
// product's three languages.
type fixedText int

const (
	textGreeting fixedText = iota
	textThanks
	textGoodbye
	textRobot
	textAbuse
	textWordless
	textAbstain
	textNoKnowledge
	textClarify

	textPersonOpen
	textPersonUnknown
	textTypicalWait // %d minutes
	textAway
	textBack // %s a moment
	textLeaveContact
	textConsent // %s the shop's name

	textMailWaiting // %s the shop's name
	textMailContact

	textNoteWaiting
	textNoteJoined
	textNoteHandedBack
	textNoteClosed
)

var fixedTexts = map[string]map[fixedText]string{
	"en": {
		textGreeting:    "Hello! What would you like to know?",
		textThanks:      "You are welcome. Anything else I can help with?",
		textGoodbye:     "Goodbye, and thank you for stopping by.",
		textRobot:       "I am the shop's automatic assistant. I answer from what the shop has written, day and night. If you would rather have a person, say so and leave a way to reach you.",
		textAbuse:       "I am sorry that this is not going well. Leave a way to reach you and a person from the shop will look into it.",
		textWordless:    "What would you like to know? A few words are enough.",
		textAbstain:     "I am sorry, I do not have an answer to that. Leave a way to reach you and a person from the shop will reply, or try asking in other words.",
		textNoKnowledge: "The shop has not written any answers yet. Leave a way to reach you and a person from the shop will reply.",
		textClarify:     "I am not quite sure what you mean. Did you mean one of these?",

		textPersonOpen:    "Of course. I have asked a person from the shop to join you here.",
		textPersonUnknown: "Of course. I have told the people of the shop.",
		textTypicalWait:   "Lately that has taken about %d min.",
		textAway:          "Nobody from the shop is here right now.",
		textBack:          "They are back %s.",
		textLeaveContact:  "Leave a way to reach you below, and they will get back to you even if you leave this page.",
		textConsent:       "By sending this you agree that %s keeps these details to answer you. They are deleted together with this conversation.",

		textMailWaiting: "%s: a shopper waits for a person",
		textMailContact: "%s: a shopper left a way to be reached",

		textNoteWaiting:    "A person from the shop has been asked to join.",
		textNoteJoined:     "A person from the shop has joined.",
		textNoteHandedBack: "The automatic assistant answers again.",
		textNoteClosed:     "The shop has closed this conversation. You can write again at any time.",
	},
	"zh-Hant": {
		textGreeting:    "您好！請問想了解什麼呢？",
		textThanks:      "不客氣！還有其他需要幫忙的地方嗎？",
		textGoodbye:     "再見，謝謝您的光臨。",
		textRobot:       "我是本店的自動客服，依照店家寫好的內容，全天候為您解答。若想找真人，請告訴我並留下聯絡方式。",
		textAbuse:       "很抱歉讓您有不好的感受。請留下聯絡方式，店裡的同仁會親自為您處理。",
		textWordless:    "請問想了解什麼呢？用幾個字告訴我就可以。",
		textAbstain:     "很抱歉，這個問題我目前沒有答案。請留下聯絡方式，店裡的同仁會回覆您；也可以換個說法再問一次。",
		textNoKnowledge: "店家還沒有準備好解答內容。請留下聯絡方式，店裡的同仁會回覆您。",
		textClarify:     "我不太確定您的意思，您想問的是以下哪一個呢？",

		textPersonOpen:    "沒問題，我已經請店裡的同仁過來，請稍候。",
		textPersonUnknown: "沒問題，我已經通知店裡的同仁。",
		textTypicalWait:   "最近大約等候 %d 分鐘。",
		textAway:          "店裡的同仁現在不在線上。",
		textBack:          "%s會回來。",
		textLeaveContact:  "請在下方留下聯絡方式，即使您離開這個頁面，同仁也會回覆您。",
		textConsent:       "送出即表示您同意「%s」為了回覆您而保存這些資料，並會隨這段對話一併刪除。",

		textMailWaiting: "%s：有顧客在等真人回覆",
		textMailContact: "%s：有顧客留下了聯絡方式",

		textNoteWaiting:    "已請店裡的同仁加入對話。",
		textNoteJoined:     "店裡的同仁已加入對話。",
		textNoteHandedBack: "接下來由自動客服為您服務。",
		textNoteClosed:     "店家已結束這段對話。您隨時可以再留言。",
	},
	"zh-Hans": {
		textGreeting:    "您好！请问想了解什么呢？",
		textThanks:      "不客气！还有其他需要帮忙的吗？",
		textGoodbye:     "再见，感谢您的光临。",
		textRobot:       "我是本店的自动客服，按照店家写好的内容，全天候为您解答。如需人工服务，请告诉我并留下联系方式。",
		textAbuse:       "很抱歉让您有不好的感受。请留下联系方式，店里的同事会亲自为您处理。",
		textWordless:    "请问想了解什么呢？用几个字告诉我就可以。",
		textAbstain:     "很抱歉，这个问题我暂时没有答案。请留下联系方式，店里的同事会回复您；也可以换个说法再问一次。",
		textNoKnowledge: "店家还没有准备好解答内容。请留下联系方式，店里的同事会回复您。",
		textClarify:     "我不太确定您的意思，您想问的是下面哪一个？",

		textPersonOpen:    "没问题，我已经请店里的同事过来，请稍候。",
		textPersonUnknown: "没问题，我已经通知店里的同事。",
		textTypicalWait:   "最近大约需要等 %d 分钟。",
		textAway:          "店里的同事现在不在线。",
		textBack:          "%s会回来。",
		textLeaveContact:  "请在下方留下联系方式，即使您离开这个页面，同事也会回复您。",
		textConsent:       "提交即表示您同意“%s”为回复您而保存这些信息，并会随这段对话一并删除。",

		textMailWaiting: "%s：有顾客在等人工回复",
		textMailContact: "%s：有顾客留下了联系方式",

		textNoteWaiting:    "已请店里的同事加入对话。",
		textNoteJoined:     "店里的同事已加入对话。",
		textNoteHandedBack: "接下来由自动客服为您服务。",
		textNoteClosed:     "店家已结束这段对话。您随时可以再留言。",
	},
}

// say returns a fixed text; an unknown language gets English.
func say(language string, t fixedText) string {
	texts, ok := fixedTexts[language]
	if !ok {
		texts = fixedTexts["en"]
	}
	return texts[t]
}

// Greeting is what the bot says before the first question.
func Greeting(language string) string { return say(language, textGreeting) }
