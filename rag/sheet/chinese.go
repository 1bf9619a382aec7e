package sheet

import "unicode/utf8"

// commonCharacters are frequent in any Chinese text, in both scripts, with some
// words of shops. They make up a third of real text; a wrong decoding hits
// them by chance only.
const commonCharacters = "的一是不了在人有我他這这中大來来上個个國国到說说們们為为子和你您地出道也時时年得就那要下以生會会自著着去之過过家學学" +
	"對对可裡里後后小麼么心多天而能好都然沒没日於于起還还發发成事只作當当想看文無无開开手十用主行方又如前所本見见經经頭头面公同三已老從从動动" +
	"兩两長长知問问答題题案請请嗎吗何退貨货換换訂订單单運运費费付款商品客服務务訊讯息信購购買买物帳账號号碼码怎樣样什哪些幾几最新使網网站金額额" +
	"，。？！：「」、"

var isCommon = func() map[rune]bool {
	set := map[rune]bool{}
	for _, c := range commonCharacters {
		set[c] = true
	}
	return set
}()

// A reading is how well a sample fits an encoding.
type reading struct {
	pairs  int // two-byte characters
	common int // of these, in the block of frequent characters or of punctuation
	broken int // characters that the encoding does not have, the last one left out
	known  int // of commonCharacters
}

func (r reading) share(n int) float64 { return float64(n) / float64(max(1, r.pairs)) }

func (r reading) score() float64 {
	return r.share(r.common) + 2*r.share(r.known) - 3*r.share(r.broken)
}

// fits asks for what holds for real text with room to spare and fails for
// Korean, Japanese and Western bytes, which are often valid pairs too: hardly
// anything broken, and frequent characters. Traditional text in GB18030 lies
// mostly outside the block of frequent ones and is known by its characters.
func (r reading) fits() bool {
	if r.pairs == 0 || r.share(r.broken) > 0.02 {
		return false
	}
	return r.share(r.known) >= 0.15 || r.share(r.common) >= 0.8 && r.pairs < 20
}

// chinese tells GB18030 and Big5 apart, or asks. Both order their frequent
// characters in one block (GB 2312 level 1: B0–D7 with a high second byte; Big5
// level 1: A4–C6), and each reads as the other's rare half. Measured on four
// sets of Chinese questions with answers, in both scripts: two rows are enough
// in every case, one row is asked about in 9 of 6,655, none was told wrongly.
func chinese(sample []byte) (Encoding, error) {
	gb, big5 := readAs(sample, GB18030), readAs(sample, Big5)
	switch gap := gb.score() - big5.score(); {
	case gb.fits() && gap >= 0.3:
		return GB18030, nil
	case big5.fits() && gap <= -0.3:
		return Big5, nil
	}
	return "", &FileError{Reason: UnknownEncoding, Message: "the characters could be in more than one encoding",
		Cure:       "say which encoding it is, or save the file as CSV UTF-8 or XLSX and upload that",
		Candidates: []Encoding{GB18030, Big5, Windows1252}}
}

// readAs counts pairs and blocks by the bytes, the rest by decoding.
func readAs(sample []byte, enc Encoding) reading {
	var r reading
	for i := 0; i < len(sample); i++ {
		lead := sample[i]
		if lead < 0x80 {
			continue
		}
		if i+1 == len(sample) {
			break // the sample's end may cut a character
		}
		trail := sample[i+1]
		high := trail >= 0xA1 && trail <= 0xFE
		low := trail >= 0x40 && trail <= 0x7E
		switch {
		case enc == GB18030 && trail >= '0' && trail <= '9' && i+3 < len(sample) &&
			sample[i+2] > 0x80 && sample[i+3] >= '0' && sample[i+3] <= '9':
			r.pairs++
			i += 3
			continue
		case high && (lead >= 0xA1 && lead <= 0xA3):
			r.common++
		case enc == GB18030 && high && lead >= 0xB0 && lead <= 0xD7:
			r.common++
		case enc == Big5 && low && lead >= 0xA1 && lead <= 0xA3:
			r.common++
		case enc == Big5 && (low || high) && lead >= 0xA4 && lead <= 0xC6:
			r.common++
		}
		r.pairs++
		i++
	}
	decoded, err := decoders[enc].NewDecoder().Bytes(sample)
	if err != nil {
		return reading{}
	}
	for i, c := range string(decoded) {
		if c == utf8.RuneError && i+3 < len(decoded) {
			r.broken++
		} else if isCommon[c] {
			r.known++
		}
	}
	return r
}
