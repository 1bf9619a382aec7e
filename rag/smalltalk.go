package rag

import (
	"strings"
	"unicode"
)

// smallTalk holds whole questions, folded, that are not about the shop: they
// are a large part of what shoppers type, and none of them is worth a search.
// Only a whole question counts: "hi, where is my parcel" is a question.
var smallTalk = map[string]string{}

func init() {
	for reason, lines := range map[string]string{
		ReasonGreeting: `hi|hello|hey|hi there|hello there|good morning|good afternoon|good evening|hallo|anyone there|are you there
			你好|妳好|您好|哈囉|哈啰|嗨|早安|午安|晚安|早上好|下午好|晚上好|在嗎|在吗|有人嗎|有人吗|請問|请问|hello 你好|安安`,
		ReasonThanks: `thanks|thank you|thx|ty|thank you very much|thanks a lot|many thanks|ok thanks|great thanks|cheers|ok thank you|perfect thanks
			謝謝|谢谢|感謝|感谢|多謝|多谢|謝啦|谢啦|謝謝你|谢谢你|謝謝您|谢谢您|好的謝謝|好的谢谢|好謝謝|好谢谢|非常感謝|非常感谢|感恩`,
		ReasonGoodbye: `bye|goodbye|bye bye|see you|see you later|good bye|good night
			再見|再见|掰掰|拜拜|下次見|下次见`,
		ReasonRobot: `are you a robot|are you a bot|are you human|are you a human|are you real|am i talking to a robot|am i talking to a person|is this a bot|who are you
			你是機器人嗎|你是机器人吗|你是真人嗎|你是真人吗|是機器人嗎|是机器人吗|你是誰|你是谁|是真人嗎|是真人吗`,
		ReasonPerson: `agent|agent please|human|human please|person please|real person|talk to a person|talk to a human|speak to a person|speak to a human|speak to an agent|talk to an agent|i want a person|i want to talk to a person|i want to speak to a human|i want a human|can i talk to a person|can i speak to someone|customer service|representative|live agent|live chat
			人工|轉人工|转人工|真人|找真人|真人客服|人工客服|我要人工|我要真人|客服|找客服|我要找真人|我要找客服|我要跟真人說|轉真人|转真人|我要人工客服|可以轉真人嗎|可以转人工吗`,
	} {
		for line := range strings.SplitSeq(strings.ReplaceAll(lines, "\n", "|"), "|") {
			smallTalk[fold(line)] = reason
		}
	}
}

// fold keeps letters and digits, lower case, with one blank between Latin words.
func fold(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// smallTalkReason returns the Reason constant of a question that is nothing
// but small talk, or "".
func smallTalkReason(question string) string {
	if len(question) > 120 {
		return ""
	}
	return smallTalk[fold(question)]
}
