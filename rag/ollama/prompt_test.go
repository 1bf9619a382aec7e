package ollama

import (
	"strings"
	"testing"
)

func TestEstimateIsAboveWhatVocabulariesNeed(t *testing.T) {
	// On the right: at least what a byte-pair vocabulary of 100,000 tokens needs.
	for text, need := range map[string]int{
		"":                              0,
		"How long does delivery take?":  6,
		"退貨需要幾天？":                       12,
		"NT$1,299 / 2026-11-23 (UTC+8)": 19,
		strings.Repeat("a ", 100):       100,
		"café Müller straße":            9,
		"internationalisation":          4,
		"one\n\ntwo   three":            6,
	} {
		got := EstimateTokens(text)
		if got < need || got > 4*need {
			t.Errorf("%q is estimated at %d tokens, a vocabulary needs %d", text, got, need)
		}
	}
}

func TestTurnMarkersLoseTheirPower(t *testing.T) {
	for _, marker := range []string{
		"<|im_start|>", "<|im_end|>", "<|eot_id|>", "<|start_header_id|>", "<|endoftext|>", "<｜User｜>", "<start_of_turn>", "<end_of_turn>",
		"[INST]", "[/INST]", "<<SYS>>", "</s>", "<s>", "</think>",
	} {
		for _, text := range []string{marker, "a" + marker + "b", marker + marker, "<" + marker + ">", "<|" + marker + "|>"} {
			if got := plain(text); strings.Contains(got, marker) {
				t.Errorf("%q became %q: the marker is whole", text, got)
			}
		}
	}
	for _, text := range []string{"a < b | c > d", "Was kostet <1 kg?", "退貨[1]", "x|y"} {
		if got := plain(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}
