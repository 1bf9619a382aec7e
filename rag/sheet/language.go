package sheet

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"
)

// languageNames are what people write where a tag is meant, folded.
var languageNames = map[string]string{
	"english": "en", "英文": "en", "英語": "en", "英语": "en",
	"chinese": "zh", "中文": "zh",
	"traditionalchinese": "zh-Hant", "chinesetraditional": "zh-Hant", "繁體中文": "zh-Hant", "繁体中文": "zh-Hant",
	"正體中文": "zh-Hant", "繁體": "zh-Hant", "繁中": "zh-Hant",
	"simplifiedchinese": "zh-Hans", "chinesesimplified": "zh-Hans", "简体中文": "zh-Hans", "簡體中文": "zh-Hans",
	"简体": "zh-Hans", "簡中": "zh-Hans", "简中": "zh-Hans",
}

// writtenIn is the script of Chinese where the tag gives the region only.
var writtenIn = map[string]string{"TW": "Hant", "HK": "Hant", "MO": "Hant", "CN": "Hans", "SG": "Hans", "MY": "Hans"}

// language returns the canonical tag of a cell: base language, script and
// region, where for Chinese the script stands for the region.
func (c *check) language(column int) string {
	cell := c.text(column)
	if cell == "" {
		return ""
	}
	if tag, ok := languageNames[fold(cell)]; ok {
		return tag
	}
	tag, err := language.Parse(cell)
	base, script, region := tag.Raw()
	if err != nil || base.String() == "und" {
		c.report(column, UnknownLanguage, fmt.Sprintf("%q is not a language tag", shorten(cell)), "write en, zh-Hant or zh-Hans, or leave the cell empty")
		return cell
	}
	parts := []string{base.String()}
	known, given := script.String(), region.String()
	if base.String() == "zh" {
		if known == "Zzzz" && writtenIn[given] != "" {
			known = writtenIn[given]
		}
		given = "ZZ"
	}
	if known != "Zzzz" {
		parts = append(parts, known)
	}
	if given != "ZZ" {
		parts = append(parts, given)
	}
	return strings.Join(parts, "-")
}
