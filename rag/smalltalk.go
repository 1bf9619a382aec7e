package rag

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// smallTalk holds whole messages, folded, that are not about the shop: they
// are a large part of what shoppers type, and none of them is worth a search.
// Only a whole message counts: "hi, where is my parcel" is a question.
var smallTalk = map[string]string{}

// reasonFiller marks words that say nothing beside others ("ok thanks").
const reasonFiller = "filler"

func init() {
	for reason, lines := range map[string]string{
		ReasonGreeting: `hi|hello|hey|hi there|hello there|hey there|good morning|good afternoon|good evening|good day|hallo|hiya|greetings|anyone there|is anyone there|anybody there|are you there|you there
			你好|妳好|您好|你好嗎|你好吗|大家好|哈囉|哈啰|哈嘍|哈喽|嗨|早|早安|午安|晚安|早上好|上午好|下午好|晚上好|在嗎|在吗|在不在|在么|有人嗎|有人吗|有人在嗎|有人在吗|請問有人在嗎|请问有人在吗|有人在線上嗎|请问|請問|安安|亲|親`,
		ReasonThanks: `thanks|thank you|thank u|thx|tks|ty|tysm|thank you very much|thank you so much|thanks a lot|thanks so much|many thanks|cheers|much appreciated|thanks for your help|thank you for your help
			謝謝|谢谢|感謝|感谢|多謝|多谢|謝|谢|謝謝你|谢谢你|謝謝妳|謝謝您|谢谢您|非常感謝|非常感谢|感恩|謝謝幫忙|謝謝你的幫忙|谢谢帮忙|辛苦了|3q|3q3q`,
		ReasonGoodbye: `bye|goodbye|good bye|bye bye|see you|see ya|cya|see you later|good night|have a nice day|have a good day|talk to you later
			再見|再见|掰掰|掰|拜拜|拜|下次見|下次见|先這樣|先这样|沒事了|没事了`,
		ReasonRobot: `are you a robot|are you robot|are you a bot|are you a chatbot|are you an ai|are you ai|are you human|are you a human|are you real|are you a real person|are you a person|am i talking to a robot|am i talking to a bot|am i talking to a person|am i talking to a human|is this a bot|is this a robot|is this ai|who are you|what are you
			你是機器人嗎|你是机器人吗|你是真人嗎|你是真人吗|你是人嗎|你是人吗|是機器人嗎|是机器人吗|你是誰|你是谁|妳是誰|是真人嗎|是真人吗|這是機器人嗎|这是机器人吗|你是ai嗎|你是ai吗|你是不是機器人|你是不是机器人|是機器人還是真人|是机器人还是真人|機器人嗎|机器人吗`,
		ReasonPerson: `agent|human|person|real person|operator|representative|customer service|customer support|live agent|live chat|live support|support agent
			人工|真人|客服|店員|店员|專員|专员`,
		ReasonAbuse: `fuck|fuck you|fuck off|fck you|shit|bullshit|bitch|asshole|idiot|stupid|stupid bot|you are stupid|you suck|useless|useless bot|you are useless|shut up|go to hell|damn you|wtf|moron
			幹|幹你娘|靠北|靠腰|機掰|白痴|白癡|智障|廢物|垃圾|垃圾客服|爛死了|混蛋|王八蛋|閉嘴|去死|你很笨|笨蛋|他媽的|傻逼|傻B|操你妈|操|他妈的|废物|滚|闭嘴|脑残|你有病`,
		reasonFiller: `ok|okay|okey|k|great|perfect|good|nice|fine|alright|all right|got it|i see|no|no thanks|yes|sure|please|cool|awesome|so much|again|oh|haha
			好|好的|好喔|好哦|好啊|嗯|嗯嗯|恩|喔|哦|了解|瞭解|知道了|明白|收到|沒問題|没问题|可以|行|不用|不用了|是|對|对|哈哈|太好了|ok的`,
	} {
		for line := range strings.SplitSeq(strings.ReplaceAll(lines, "\n", "|"), "|") {
			smallTalk[squeezeRepeats(foldTalk(line))] = reason
		}
	}
	smallTalk[""] = "" // a message without a word is not small talk
}

// Asking for a person is put in too many ways for a list.
var personPatterns = []*regexp.Regexp{
	regexp.MustCompile(`^(?:(?:hi|hello|hey|ok|sorry|please|i|we|can|could|may|would|do|you|want|wanna|like|need|have|let|me|us|to|d|id|ill|im|just|is|it|possible|there|any way|how|get|give|some|a|an) )*` +
		`(?:(?:talk|speak|chat|connect|transfer|put|switch|contact|reach|find|call|get|want|need)(?: me| us)?(?: through)?(?: to| with| directly to)?(?: (?:a|an|the|your|some|any))? )?` +
		`(?:(?:real|live|human|actual|support|service|sales|shop|customer|staff) )*(?:person|human|humans|people|someone|somebody|agent|agents|representative|operator|staff|being|customer service|customer support|human support|manager)(?: (?:please|now|instead|here|there|available|in charge|directly))*$`),
	regexp.MustCompile(`^(?:你好|您好|哈囉|請問|请问)?(?:我們?|我们|我)?(?:想要?|要|需要|可不可以|能不能|可以|可否|能否|能|請|请|幫我|帮我|麻煩|麻烦|拜託|直接|有沒有|有没有|有)*` +
		`(?:找|轉接?|转接?|接|換|换|叫|跟|和|與|与|聯絡|联络|聯繫|联系|呼叫)?(?:到|給|给|成)?(?:一位|一個|一个|你們的|你们的|個|个)?(?:真人|人工|客服|專員|专员|店員|店员|真的人|人類|人类|老闆|老板|負責人|负责人|主管)` +
		`(?:的?客服|的?服務|的?服务|人員|人员|專員|专员|小姐|說話|说话|講話|讲话|聊聊?|談|谈|對話|对话|溝通|沟通|處理|处理|回覆|回复)*(?:一下)?(?:嗎|吗|吧|好嗎|好吗|可以嗎|可以吗|謝謝|谢谢)?$`),
	regexp.MustCompile(`^(?:我)?(?:要|想|想要|需要)?找人(?:嗎|吗|說話|说话|處理|处理|幫忙|帮忙)?$`),
}

// personNouns are what every one of personPatterns needs: looking for them first
// spares nearly every question the patterns.
var personNouns = strings.Fields("person human people someone somebody agent representative operator staff being customer manager " +
	"真人 人工 客服 專員 专员 店員 店员 真的人 人類 人类 老闆 老板 負責人 负责人 主管 找人")

func namesPerson(s string) bool {
	return slices.ContainsFunc(personNouns, func(noun string) bool { return strings.Contains(s, noun) })
}

// foldTalk keeps letters and digits in lower case and half width, with one blank
// between Latin words.
func foldTalk(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case wide(r):
			r -= 0xFEE0
		case r == '\'' || r == '’':
			return -1
		}
		return unicode.ToLower(r)
	}, s)
	var b strings.Builder
	han, blank := false, false
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			blank = b.Len() > 0
			continue
		}
		is := unicode.Is(unicode.Han, r)
		if blank && !(han && is) {
			b.WriteByte(' ')
		}
		han, blank = is, false
		b.WriteRune(r)
	}
	return b.String()
}

// squeezeRepeats makes one of each run of the same letter: thanksss, 謝謝謝.
func squeezeRepeats(s string) string {
	var b strings.Builder
	var last rune
	for _, r := range s {
		if r != last || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// tails are what Chinese puts behind a word without changing it.
const tails = "喔哦噢啊呀囉啰啦唷喲哟呢耶欸嘿哈唄呗"

func talkReason(part string) string {
	s := foldTalk(part)
	if reason, ok := smallTalk[squeezeRepeats(s)]; ok {
		return reason
	}
	if t := strings.TrimRight(s, tails); t != "" && t != s {
		if reason, ok := smallTalk[squeezeRepeats(t)]; ok {
			return reason
		}
	}
	if r := []rune(s); len(r) >= 4 && len(r)%2 == 0 && string(r[:len(r)/2]) == string(r[len(r)/2:]) { // 你好你好
		return smallTalk[squeezeRepeats(string(r[:len(r)/2]))]
	}
	if namesPerson(s) && slices.ContainsFunc(personPatterns, func(p *regexp.Regexp) bool { return p.MatchString(s) }) {
		return ReasonPerson
	}
	return ""
}

// smallTalkReason returns the Reason constant of a message that is nothing but
// small talk, or "". Of several ("hi, agent please") asking for a person counts
// first, else the last.
func smallTalkReason(question string) string {
	if len(question) > 120 {
		return ""
	}
	if !strings.ContainsFunc(question, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		if strings.ContainsAny(question, "👍🙏❤😊🙂😀😃🥰👌") {
			return ReasonThanks
		}
		return ReasonWordless
	}
	if reason := talkReason(question); reason != "" && reason != reasonFiller {
		return reason
	}
	out := ""
	for part := range strings.FieldsFuncSeq(question, func(r rune) bool {
		return unicode.IsPunct(r) && r != '\'' && r != '’' || unicode.IsSymbol(r)
	}) {
		if reason, ok := talkOf(part); !ok {
			return ""
		} else if reason != "" && out != ReasonPerson {
			out = reason
		}
	}
	return out
}

// talkOf reads a part between punctuation marks: as a whole, else as two halves at
// a blank or after a word that says nothing (好的謝謝, ok thanks). ok is false if
// some of it is not small talk.
func talkOf(part string) (reason string, ok bool) {
	if part = strings.TrimSpace(part); part == "" {
		return "", true
	}
	if r := talkReason(part); r == reasonFiller {
		return "", true
	} else if r != "" {
		return r, true
	}
	for i, r := range part {
		if i == 0 || r != ' ' && !unicode.Is(unicode.Han, r) {
			continue
		}
		if first := talkReason(part[:i]); first != "" {
			if second, ok := talkOf(part[i:]); ok {
				if second == "" && first != reasonFiller || first == ReasonPerson {
					second = first
				}
				return second, true
			}
		}
	}
	return "", false
}

// asksExactly reports whether an entry asks the very same: then the merchant's own
// answer goes before any fixed text.
func asksExactly(found Retrieval, question string) (Match, bool) {
	want := foldTalk(question)
	for _, m := range found.Matches {
		if foldTalk(m.Phrasing) == want || foldTalk(m.Entry.Question) == want {
			return m, true
		}
	}
	return Match{}, false
}
