package migrations

import (
	"errors"
	"testing"
)

func TestCheckVersion(t *testing.T) {
	for number, fit := range map[int]bool{
		140020: false, 150008: false, 150009: true, 150020: true, 160004: false, 160005: true,
		170000: false, 170001: true, 180000: true, 190002: true,
	} {
		if err := checkVersion(number, "it"); (err == nil) != fit || err != nil && !errors.Is(err, ErrServerTooOld) {
			t.Errorf("%d: %v", number, err)
		}
	}
}
