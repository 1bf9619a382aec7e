package tenant

import (
	"strings"
	"testing"
)

func TestCheckPassword(t *testing.T) {
	const email = "margarethe@shop.example"
	for _, good := range []string{
		"correct horse battery", "ten-chars!", "青山不改綠水長流後會有期", "gRm#2vq0LpZs", "my cat eats tulips", strings.Repeat("ab c!", 40),
	} {
		if err := CheckPassword(good, email); err != nil {
			t.Errorf("CheckPassword(%q): %v", good, err)
		}
	}
	for bad, rule := range map[string]string{
		"":                        "password.min_len",
		"ninechars":               "password.min_len",
		"青山不改綠水長流後":               "password.min_len",
		strings.Repeat("x y", 67): "password.max_len",
		email:                     "password.email",
		"Margarethe@Shop.Example": "password.email",
		"MARGARETHE":              "password.email",
		"1234567890":              "password.common",
		"0987654321":              "password.common",
		"12345678901234567890":    "password.common",
		"qwertyuiop":              "password.common",
		"poiuytrewq":              "password.common",
		"password123":             "password.common",
		"P@ssw0rd2026!":           "password.common",
		"Passw0rd!!":              "password.common",
		"iloveyou1314":            "password.common",
		"Welcome2026":             "password.common",
		"administrator":           "password.common",
		"aaaaaaaaaaaa":            "password.common",
		"abcabcabcabc":            "password.common",
		"1q2w3e4r5t":              "password.common",
		"abcdefghij":              "password.common",
		"!@#$%^&*()":              "password.common",
		"qwerty12345":             "password.common",
		"storebot123":             "password.common",
	} {
		fields := Fields(CheckPassword(bad, email))
		if len(fields) != 1 || fields[0].Path != "password" || fields[0].Rule != rule {
			t.Errorf("CheckPassword(%q) = %v, want rule %s", bad, fields, rule)
			continue
		}
		if bad != "" && strings.Contains(fields[0].Message, bad) {
			t.Errorf("the message for %q repeats the password: %s", bad, fields[0].Message)
		}
	}
}
