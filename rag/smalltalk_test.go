package rag

import (
	"testing"

	"storebot/tenant"
)

func TestSmallTalkIsTheWholeMessage(t *testing.T) {
	for reason, lines := range map[string][]string{
		ReasonGreeting: {"hi", "Hi!", "HELLO", "hellooo", "ｈｉ", "hi hi", "hi there :)", "hello, anyone there?", "你好", "你好啊", "你好你好", "哈囉～", "您好！", "請問有人在嗎？", "在吗", "早安☀️"},
		ReasonThanks:   {"thanks", "thanksss!!", "Thank you so much", "ok thanks", "great, thanks!", "thx 🙏", "謝謝～", "謝謝謝謝", "好的謝謝", "好的，謝謝喔", "谢谢啦", "多謝", "hello, thanks", "👍", "🙏🙏", "ok, thank you very much"},
		ReasonGoodbye:  {"bye", "byeee", "Good night!", "thanks, bye", "再見", "掰掰", "謝謝，再見", "拜拜囉"},
		ReasonRobot:    {"are you a robot?", "Are you real??", "你是機器人嗎？", "你是真人吗", "hi, are you human?", "是機器人還是真人"},
		ReasonPerson: {"agent please", "hi, agent please", "I want to talk to a human", "can I speak to someone?", "Please transfer me to a real person", "customer service", "I'd like to speak with a human agent now",
			"人工", "轉真人", "我要找真人客服", "請幫我轉接客服人員", "可以跟真人說話嗎？", "有真人嗎", "我要人工服务", "麻煩幫我轉客服，謝謝", "你好，我想找客服", "can i talk to customer support", "get me a manager"},
		ReasonAbuse:    {"fuck you", "useless bot!!", "垃圾客服", "白癡", "傻逼"},
		ReasonWordless: {"???", "...", "！！", "😡", "-"},
		"": {"hi, where is my parcel", "hello do you ship to Japan", "thanks, and how much is it?", "你好，請問運費多少", "客服電話幾點到幾點", "真人版公仔有貨嗎", "robot vacuum", "are you open today",
			"how do I contact customer service about a refund", "good price?", "這個好嗎", "人工皮是真的嗎", "早餐有什麼", "is this person in the picture", "do you sell human hair wigs", "謝謝卡有賣嗎",
			"客服時間", "hi 5 bag price", "useless zipper, can I return it", "bye bye lipstick in stock?", "4711", "no", "ok", "shipping agent", "what is the agent fee", "好看嗎", "垃圾桶多少錢", "我要客製"},
	} {
		for _, line := range lines {
			if got := smallTalkReason(line); got != reason {
				t.Errorf("%q is %q, want %q", line, got, reason)
			}
		}
	}
}

func TestEveryFixedTextIsThereInEveryLanguage(t *testing.T) {
	for _, language := range tenant.Languages {
		for text := range DefaultTexts["en"] {
			if said := DefaultTexts[language][text]; said == "" || len([]rune(said)) > 500 {
				t.Errorf("text %s in %s: %q", text, language, said)
			}
		}
		for text := textPersonOpen; text <= textNoteClosed; text++ {
			if fixedTexts[language][text] == "" {
				t.Errorf("text %d is missing in %s", text, language)
			}
		}
	}
	for _, reason := range []string{ReasonGreeting, ReasonThanks, ReasonGoodbye, ReasonRobot, ReasonAbuse, ReasonWordless} {
		if _, ok := smallTalkText[reason]; !ok {
			t.Errorf("%s has no text", reason)
		}
	}
}

func TestMerchantsWordsGoBeforeTheProducts(t *testing.T) {
	s := Shop{Texts: FixedTexts{"en": {TextGreeting: "Meow."}, "zh-Hant": {TextGreeting: "喵！", TextThanks: "不謝"}}}
	for _, c := range []struct {
		language string
		text     FixedText
		want     string
	}{
		{"zh-Hant", TextGreeting, "喵！"}, {"en", TextGreeting, "Meow."}, {"zh-Hant", TextThanks, "不謝"},
		{"zh-Hans", TextThanks, DefaultTexts["zh-Hans"][TextThanks]}, {"fr", TextThanks, DefaultTexts["en"][TextThanks]},
	} {
		if got := s.say(c.language, c.text); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.text, c.language, got, c.want)
		}
	}
	if got := Plaintext("  Hello\u202e\r\n\r\n you\u200b  there \n\n"); got != "Hello\n\nyou there" {
		t.Errorf("plain text %q", got)
	}
}
