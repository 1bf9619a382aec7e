package tenant

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Bounds of a password, in runes. Nothing is asked of its composition: length
// and not being guessable is what helps (NIST SP 800-63B, section 3.1.1.2).
const (
	MinPassword = 10
	MaxPassword = 200
)

// CheckPassword returns a FieldError with path "password" when the password is
// too short or among the first that an attacker tries: the e-mail itself, a
// common password with digits or signs around it, a run along the keyboard, one
// short piece repeated. email is in its normalised form.
func CheckPassword(password, email string) error {
	refuse := func(rule, message string) error {
		return &FieldError{Path: "password", Rule: rule, Message: message}
	}
	if n := utf8.RuneCountInString(password); n < MinPassword {
		return refuse("password.min_len", fmt.Sprintf("is %d characters long; use at least %d, several words are fine", n, MinPassword))
	} else if n > MaxPassword {
		return refuse("password.max_len", fmt.Sprintf("is %d characters long; use at most %d", n, MaxPassword))
	}
	lower := strings.ToLower(password)
	local, _, _ := strings.Cut(email, "@")
	if lower == email || lower == local {
		return refuse("password.email", "is your e-mail address; choose one that nobody can read off it")
	}
	if isCommon(lower) {
		return refuse("password.common", "is among the first that an attacker tries; choose one of several unrelated words")
	}
	return nil
}

// commonWords are what most of the common passwords are made from; what stands
// around them and letters replaced by look-alikes are undone before comparing.
var commonWords = map[string]bool{
	"password": true, "passwort": true, "passwd": true, "passphrase": true, "motdepasse": true, "contrasena": true,
	"welcome": true, "letmein": true, "iloveyou": true, "administrator": true, "admin": true, "root": true, "adminadmin": true,
	"changeme": true, "default": true, "secret": true, "master": true, "superman": true, "batman": true, "pokemon": true,
	"princess": true, "sunshine": true, "football": true, "baseball": true, "basketball": true, "liverpool": true,
	"dragon": true, "monkey": true, "shadow": true, "michael": true, "jennifer": true, "starwars": true, "whatever": true,
	"trustno": true, "computer": true, "internet": true, "samsung": true, "google": true, "facebook": true, "minecraft": true,
	"woaini": true, "storebot": true, "storebotstorebot": true, "shop": true, "myshop": true, "test": true, "testtest": true,
	"testing": true, "guest": true, "user": true, "username": true, "login": true, "qwerty": true, "qwertyuiop": true,
	"qazwsx": true, "qazwsxedc": true, "zxcvbnm": true, "asdfgh": true, "asdfghjkl": true, "abc": true, "abcd": true, "abcdef": true,
	"passwordpassword": true, "mypassword": true, "yourpassword": true, "newpassword": true, "thisismypassword": true,
	"hello": true, "helloworld": true, "forever": true, "loveyou": true, "loveme": true, "freedom": true, "charlie": true,
}

// walks are runs along a keyboard, the alphabet and the digits.
var walks = []string{
	"1234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "qwertyuiopasdfghjklzxcvbnm",
	"qwertzuiop", "azertyuiop", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm",
	"!@#$%^&*()", "01234567890",
}

// isCommon wants s in lower case.
func isCommon(s string) bool {
	const around = "0123456789 !@#$%^&*()-_=+.,?;:'\"/\\|~`<>[]{}"
	if commonWords[strings.Trim(s, around)] {
		return true
	}
	plain := strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")
	for _, part := range []string{plain.Replace(s), plain.Replace(strings.TrimRight(s, around))} {
		if commonWords[strings.Trim(part, around)] {
			return true
		}
	}
	for _, w := range walks {
		if strings.Contains(w+w+w, s) || strings.Contains(w+w+w, reversed(s)) {
			return true
		}
	}
	return repeats(s)
}

// repeats reports whether s is one piece of at most four runes, over and over.
func repeats(s string) bool {
	runes := []rune(s)
	for period := 1; period <= 4; period++ {
		same := true
		for i := period; i < len(runes) && same; i++ {
			same = runes[i] == runes[i-period]
		}
		if same {
			return true
		}
	}
	return false
}

func reversed(s string) string {
	runes := []rune(s)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return string(runes)
}
