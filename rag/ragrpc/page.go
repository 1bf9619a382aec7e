package ragrpc

import (
	"encoding/base64"
	"encoding/binary"
	"time"

	"storebot/rag"

	"github.com/google/uuid"
)

// A page token is where the next page begins, in one number or more. Clients
// must not read it.
func writeToken(after ...int64) string {
	var b []byte
	some := false
	for _, n := range after {
		b = binary.AppendVarint(b, n)
		some = some || n != 0
	}
	if !some {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// readToken returns the n numbers of a token; all zero for the first page.
func readToken(token string, n int) ([]int64, error) {
	after := make([]int64, n)
	if token == "" {
		return after, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(token)
	for i := range after {
		var size int
		after[i], size = binary.Varint(b)
		if err != nil || size <= 0 {
			return nil, badToken()
		}
		b = b[size:]
	}
	if len(b) > 0 || after[n-1] <= 0 {
		return nil, badToken()
	}
	return after, nil
}

func badToken() error {
	return &rag.InputError{Code: "bad_page_token", Message: "the page token is not one of ours", Cure: "start again without a page token"}
}

// idParts are an id as numbers of a page token, of which the last is not zero.
func idParts(id uuid.UUID) []int64 {
	part := func(i int) int64 { return int64(binary.BigEndian.Uint32(id[i:])) }
	return []int64{part(0), part(4), part(8), part(12) + 1}
}

// idOf is the id that has these parts.
func idOf(parts []int64) (id uuid.UUID, err error) {
	for i, p := range parts {
		if i == len(parts)-1 {
			p--
		}
		if p < 0 || p > 1<<32-1 {
			return id, badToken()
		}
		binary.BigEndian.PutUint32(id[4*i:], uint32(p))
	}
	return id, nil
}

// lastMicro is beyond the time of anything that is listed, and far before the last that
// is a time in Postgres.
const lastMicro = 1 << 53

// timeOf is the time of a token, which has it in microseconds; 0: the zero time.
func timeOf(us int64) (t time.Time, err error) {
	if us < 0 || us > lastMicro {
		return t, badToken()
	}
	if us > 0 {
		t = time.UnixMicro(us)
	}
	return t, nil
}

func writeTokenID(id uuid.UUID) string { return writeToken(idParts(id)...) }

func readTokenID(token string) (id uuid.UUID, err error) {
	parts, err := readToken(token, 4)
	if err != nil || token == "" {
		return id, err
	}
	return idOf(parts)
}
