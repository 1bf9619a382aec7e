package lite

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func open(t testing.TB) *Model {
	t.Helper()
	data, err := os.ReadFile("../../model.bin")
	if err != nil {
		t.Fatal(err)
	}
	m, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestReference compares with what the published model gives, run by
// TensorFlow.js: the pieces of each text, and the first numbers of its vector.
func TestReference(t *testing.T) {
	data, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []struct {
		Text   string
		Pieces []int32
		Head   []float64
	}
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	m := open(t)
	var s Scratch
	for _, want := range list {
		m.Read(&s, want.Text)
		vector := m.Encode(&s)
		if !slices.Equal(s.ids, want.Pieces) {
			t.Errorf("%q is read as %v, want %v", want.Text, s.ids, want.Pieces)
			continue
		}
		// An eighth-bit weight moves a number of some 0.04 by about a hundredth of it.
		for i, number := range want.Head {
			if math.Abs(float64(vector[i])-number) > 0.004 {
				t.Errorf("%q: number %d is %.5f, want %.5f", want.Text, i, vector[i], number)
			}
		}
	}
}

func TestEncodeEdges(t *testing.T) {
	m := open(t)
	var s Scratch
	if read := m.Read(&s, ""); read != (Reading{}) || m.Encode(&s) != nil {
		t.Errorf("nothing was read as %v", read)
	}
	if read := m.Read(&s, "where's my retrun"); read != (Reading{Words: 3, Whole: 1}) {
		t.Errorf("got %+v", read)
	}
	long := strings.TrimSpace(strings.Repeat("where is my parcel ", 200))
	if read := m.Read(&s, long); read.Words != 800 {
		t.Errorf("a long text was read as %d words", read.Words)
	}
	vector := slices.Clone(m.Encode(&s))
	var other Scratch
	m.Read(&other, long)
	again := m.Encode(&other)
	if len(vector) != Dimensions || !slices.Equal(vector, again) {
		t.Error("the same text has another vector with another scratch")
	}
}

func TestReadRefusesWhatIsNoModel(t *testing.T) {
	data, err := os.ReadFile("../../model.bin")
	if err != nil {
		t.Fatal(err)
	}
	for _, length := range []int{0, 3, 100, len(data) / 2, len(data) - 1} {
		if _, err := Read(data[:length]); !errors.Is(err, errShort) {
			t.Errorf("the first %d bytes: got error %v, want %v", length, err, errShort)
		}
	}
	if _, err := Read(append(slices.Clone(data), 0)); err == nil || !strings.Contains(err.Error(), "1 bytes are left over") {
		t.Errorf("a byte too many: got error %v", err)
	}
}

func FuzzSplit(f *testing.F) {
	for _, text := range []string{"", "a", "Where's my parcel?", "退貨", "😀😀 ok", "\xff\xfe", "  two  spaces ", "ﬁ①"} {
		f.Add(text)
	}
	m := open(f)
	f.Fuzz(func(t *testing.T, text string) {
		ids := m.vocabulary.split(nil, text)
		if len(ids) > 3*utf8.RuneCountInString(text)*18+1 { // a character folds into 18 at most
			t.Errorf("%q is read as %d pieces", text, len(ids))
		}
		for i, id := range ids {
			if id < 0 || int(id) >= len(m.vocabulary.scores) {
				t.Errorf("%q has the piece %d", text, id)
			}
			if i > 0 && id == unknown && ids[i-1] == unknown {
				t.Errorf("%q has two unknown pieces in a row", text)
			}
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	m := open(b)
	var s Scratch
	for b.Loop() {
		m.Read(&s, "how long does it take until my parcel arrives")
		m.Encode(&s)
	}
}
