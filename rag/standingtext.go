package rag

// A fixedText is something that the product says of a person's coming and going,
// which no merchant edits.
type fixedText int

const (
	textPersonOpen fixedText = iota
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
