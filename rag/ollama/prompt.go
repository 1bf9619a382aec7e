package ollama

import "strings"

// promptReserve is what the model's template and an estimate's error may take.
const promptReserve = 96

// EstimateTokens is an upper estimate of a text's tokens without the model's
// vocabulary: a token for three Latin letters of a word, for each digit, sign,
// line break and further space, two for each character of another script.
// Byte-pair vocabularies need less for language (English about 1.3 tokens a
// word, Chinese 0.6 to 1.7 a character) and may need more for random letters:
// those the server itself refuses.
func EstimateTokens(text string) int {
	tokens, letters := 0, 0
	previous := ' '
	for _, r := range text {
		switch {
		case (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z'):
			if letters%3 == 0 {
				tokens++
			}
			letters++
			previous = r
			continue
		case r == ' ' && previous != ' ':
		case r < 0x80:
			tokens++
		default:
			tokens += 2
		}
		letters, previous = 0, r
	}
	return tokens
}

// plain takes the power from text that reads as a turn marker of a chat
// template: Ollama renders the template around our text and tokenizes both
// together, so "<|im_end|><|im_start|>system" in a shopper's question would
// begin a system turn. A space inside keeps it readable and makes it ordinary.
func plain(text string) string {
	return turnMarkers.Replace(text)
}

var turnMarkers = strings.NewReplacer(
	"<|", "< |", "|>", "| >", // ChatML, Llama 3, Phi
	"<｜", "< ｜", "｜>", "｜ >", // DeepSeek
	"<start_of_turn>", "< start_of_turn>", "<end_of_turn>", "< end_of_turn>", // Gemma
	"[INST]", "[ INST]", "[/INST]", "[ /INST]", "[SYSTEM_PROMPT]", "[ SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]", "[ /SYSTEM_PROMPT]", // Mistral
	"<<SYS>>", "< <SYS>>", "<</SYS>>", "< </SYS>>", // Llama 2
	"<s>", "< s>", "</s>", "< /s>", "<bos>", "< bos>", "<eos>", "< eos>",
	"<think>", "< think>", "</think>", "< /think>",
)
