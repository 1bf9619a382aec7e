package product

import (
	"cmp"
	"math"
	"slices"

	"github.com/google/uuid"
)

// A Shelf finds the products that a question names. It never changes; many
// goroutines may ask it at once.
//
// It is deliberately narrow: it answers only where every word of a question is
// part of a product's name, of an attribute, of what is asked of it, or of mere
// grammar. A word more ("can I return the tea?") and the question is not for it,
// unless the merchant has said that just this one is about the product.
type Shelf struct {
	products  []Product
	items     []item
	rarity    map[string]float64
	having    map[string][]int32 // items by a word of their names
	bySKU     map[string]int
	phrasings map[string]int // products by what their phrasings name; twice: several
	bytes     int
}

// An item is a product's names and attributes as tokens.
type item struct {
	names      []title // the name, the SKU, other names
	words      map[string]bool
	attributes []attribute
}

// A title is one name of a product.
type title struct {
	tokens []token
	words  map[string]bool
	pairs  map[[2]string]bool // of neighbours in a script without spaces
}

func titled(tokens []token) title {
	n := title{tokens, map[string]bool{}, map[[2]string]bool{}}
	for j, t := range tokens {
		n.words[t.text] = true
		if j+1 < len(tokens) && t.han && tokens[j+1].han {
			n.pairs[[2]string{t.text, tokens[j+1].text}] = true
		}
	}
	return n
}

type attribute struct{ name, value map[string]bool }

// NewShelf makes a shelf; nil for a shop without products.
func NewShelf(list []Product) *Shelf {
	if len(list) == 0 {
		return nil
	}
	s := &Shelf{products: list, rarity: map[string]float64{}, having: map[string][]int32{}, bySKU: map[string]int{}, phrasings: phrasingsOf(list)}
	count := map[string]int{}
	for i, p := range list {
		it := item{words: map[string]bool{}}
		for _, name := range append([]string{p.Name, p.SKU}, p.OtherNames...) {
			tokens := read(name)
			if len(tokens) == 0 {
				continue
			}
			it.names = append(it.names, titled(tokens))
			for _, t := range tokens {
				it.words[t.text] = true
			}
			s.bytes += len(name) + 40*len(tokens)
		}
		for _, q := range p.Phrasings {
			s.bytes += 2 * len(q)
		}
		for w := range it.words {
			count[w]++
			s.having[w] = append(s.having[w], int32(i))
		}
		for _, a := range p.Attributes {
			it.attributes = append(it.attributes, attribute{kind(a.Name), bag(a.Value)})
			s.bytes += 40 * (len(a.Name) + len(a.Value))
		}
		s.items = append(s.items, it)
		s.bySKU[Key(p.SKU)] = i
	}
	for w, n := range count {
		s.rarity[w] = math.Log(1 + float64(len(list))/float64(n))
	}
	return s
}

// kind is the words of an attribute's name, and those that other languages have for it.
func kind(name string) map[string]bool {
	own := bag(name)
	for _, group := range kinds {
		if all(own, group) {
			for w := range group {
				own[w] = true
			}
			break
		}
	}
	return own
}

func bag(text string) map[string]bool {
	m := map[string]bool{}
	for _, t := range read(text) {
		m[t.text] = true
	}
	return m
}

// Bytes is about the memory that the shelf holds beside its products.
func (s *Shelf) Bytes() int {
	if s == nil {
		return 0
	}
	return s.bytes
}

// ByID returns a product of the shop; nil when it is not there.
func (s *Shelf) ByID(id uuid.UUID) *Product {
	if s == nil {
		return nil
	}
	for i := range s.products {
		if s.products[i].ID == id {
			return &s.products[i]
		}
	}
	return nil
}

// BySKU returns the product of a SKU.
func (s *Shelf) BySKU(sku string) (Product, bool) {
	if s == nil {
		return Product{}, false
	}
	i, ok := s.bySKU[Key(sku)]
	if !ok {
		return Product{}, false
	}
	return s.products[i], true
}

// ByTitle returns the one product of this name; none if there are several.
func (s *Shelf) ByTitle(title string) (p Product, ok bool) {
	if s == nil || title == "" {
		return p, false
	}
	want := key(read(title))
	for i, it := range s.items {
		if want != "" && len(it.names) > 0 && key(it.names[0].tokens) == want {
			if ok {
				return Product{}, false
			}
			p, ok = s.products[i], true
		}
	}
	return p, ok
}

// sharing are the items that have a word of a question in their names, in order.
func (s *Shelf) sharing(tokens []token) []int32 {
	var list []int32
	for _, t := range tokens {
		list = append(list, s.having[t.text]...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// GreaterPart is the share of a name from which it is taken for the product: a
// pineapple is no pineapple cake, an "Alishan oolong" is the high mountain one.
const GreaterPart = 0.6

// A Reading is a question as a shelf understands it.
type Reading struct {
	Intent     Intent
	Products   []Product       // those it names, all equally well
	Share      float64         // of the words of the one product's name that it gives
	Whole      bool            // it gives the one product's whole name, or its SKU
	Attributes []int           // of the one product, those that are asked for
	Points     bool            // it points at what is spoken of ("it"), or names nothing at all: Products is empty
	words      map[string]bool // that name them
	Mentioned  []Product       // named by a question that is about more than they tell, at most two
	Rest       string          // of such a question: what is left without the first one's name, folded; "" when that leaves nothing to ask
	Wanted     bool            // such a question asks a price, a stock or a link too, in words that are not all understood
}

// Read understands a question; ok is false for one that is not about products
// alone.
func (s *Shelf) Read(question string) (r Reading, ok bool) {
	if s == nil {
		return r, false
	}
	tokens := read(question)
	if len(tokens) == 0 || len(tokens) > 60 {
		return r, false
	}
	if r, ok := s.phrased(tokens, mark(tokens)); ok {
		return r, true
	}
	tokens = s.mended(tokens)
	m := mark(tokens)
	var best []named
	var mentioned []named
	for _, i := range s.sharing(tokens) {
		n := s.name(int(i), tokens, m)
		if n.weight == 0 {
			continue
		}
		if n.left > 0 {
			if n.whole || s.share(n) >= GreaterPart {
				mentioned = append(mentioned, n)
			}
			continue
		}
		switch {
		case len(best) == 0 || n.better(best[0]):
			best = append(best[:0], n)
		case !best[0].better(n):
			best = append(best, n)
		}
	}
	if len(best) == 0 {
		slices.SortStableFunc(mentioned, func(a, b named) int { return cmp.Compare(b.weight, a.weight) })
		for _, n := range mentioned[:min(2, len(mentioned))] {
			r.Mentioned = append(r.Mentioned, s.products[n.item])
		}
		if len(mentioned) > 0 {
			r.Wanted = mentioned[0].intent&(asking&^AskMore) != 0
			r.Rest = without(question, s.products[mentioned[0].item])
		}
		for i := range tokens {
			if !m.phrased[i] && !attributed(tokens[i]) {
				return r, false
			}
			r.Intent |= m.intent[i]
			if !m.phrased[i] {
				r.Intent |= AskMore
			}
		}
		r.Points = r.Intent&asking != 0
		return r, r.Points
	}
	for _, n := range best {
		r.Products = append(r.Products, s.products[n.item])
	}
	r.Intent, r.Whole, r.words = best[0].intent, best[0].whole, best[0].words
	if len(best) == 1 {
		r.Share = s.share(best[0])
		r.Attributes = best[0].attributes
	}
	return r, true
}

// asking are the intents that make sense of a product that is only pointed at.
const asking = AskPrice | AskStock | AskLink | AskMore | AskAmount

// attributed reports a word for a kind of property.
func attributed(t token) bool {
	return slices.ContainsFunc(kinds, func(group map[string]bool) bool { return group[t.text] })
}

// AskedBy reports whether a text, an entry's question, names what r names and
// asks the same of it.
func (r Reading) AskedBy(text string) bool {
	tokens := read(text)
	m := mark(tokens)
	has := map[string]bool{}
	var intent Intent
	for i, t := range tokens {
		has[t.text] = true
		intent |= m.intent[i]
	}
	asked := r.Intent & asking
	return all(r.words, has) && (asked == 0 || intent&asked != 0)
}

// About reads a question that points at p as one about p; ok is false if
// something in it is no part of what p tells.
func (s *Shelf) About(question string, p Product) (r Reading, ok bool) {
	i, there := s.bySKU[Key(p.SKU)]
	if !there {
		return r, false
	}
	tokens := s.mended(read(question))
	m := mark(tokens)
	n := s.name(i, tokens, m)
	asks := n.intent&asking != 0 || len(n.attributes) > 0
	return Reading{Intent: n.intent, Products: []Product{p}, Whole: true, Attributes: n.attributes}, len(tokens) > 0 && n.left == 0 && asks
}

// named is how a question names one product.
type named struct {
	item       int
	words      map[string]bool
	weight     float64 // of the words that are the product's names
	whole      bool    // one of the names stands in the question whole
	left       int     // words that nothing explains
	intent     Intent
	attributes []int
}

// share is how much of the name that n gives best it gives, by the words' rarity.
func (s *Shelf) share(n named) (best float64) {
	for _, name := range s.items[n.item].names {
		var given, all float64
		for _, t := range name.tokens {
			all += s.rarity[t.text]
			if n.words[t.text] {
				given += s.rarity[t.text]
			}
		}
		best = max(best, given/all)
	}
	return best
}

func (n named) better(o named) bool {
	const same = 1e-9
	if n.weight > o.weight+same || o.weight > n.weight+same {
		return n.weight > o.weight
	}
	if n.whole != o.whole {
		return n.whole
	}
	return len(n.attributes) > len(o.attributes)
}

// name tells how a question names product i.
func (s *Shelf) name(i int, tokens []token, m marked) named {
	it := &s.items[i]
	n := named{item: i, words: map[string]bool{}}
	of := make([]bool, len(tokens)) // tokens that are the product's names
	for _, name := range it.names {
		if whole := cover(of, tokens, name, m); whole {
			n.whole = true
		}
	}
	asked := make([]bool, len(it.attributes))
	for t := range tokens {
		text := tokens[t].text
		attributed := false
		for a := range it.attributes {
			if it.attributes[a].name[text] || it.attributes[a].value[text] {
				attributed = true
				if !of[t] && !m.phrased[t] {
					asked[a] = true
				}
			}
		}
		switch {
		case of[t]:
			n.weight += s.rarity[text]
			n.words[text] = true
		case m.phrased[t]:
			n.intent |= m.intent[t]
		case !attributed:
			n.left++
		}
	}
	for a, yes := range asked {
		if yes {
			n.attributes = append(n.attributes, a)
		}
	}
	return n
}

// cover marks the tokens that are words of name, and reports whether the whole
// name stands there. Words without spaces count in runs of two and more; single
// ones only beside such a run. What a phrase has is a name's only if the name
// stands there whole.
func cover(of []bool, tokens []token, name title, m marked) (whole bool) {
	size := len(name.tokens)
	for at := 0; at+size <= len(tokens); at++ {
		if slices.Equal(tokens[at:at+size], name.tokens) {
			for j := at; j < at+size; j++ {
				of[j] = true
			}
			whole = true
		}
	}
	if whole {
		return true
	}
	words, pairs := name.words, name.pairs
	met := map[string]bool{}
	run := false
	for j := range tokens {
		if !tokens[j].han && words[tokens[j].text] && !m.phrased[j] {
			of[j], run = true, true
			met[tokens[j].text] = true
		}
		if j+1 < len(tokens) && !m.phrased[j] && !m.phrased[j+1] && pairs[[2]string{tokens[j].text, tokens[j+1].text}] {
			of[j], of[j+1], run = true, true, true
		}
	}
	for j := range tokens {
		if run && tokens[j].han && !m.phrased[j] && words[tokens[j].text] {
			of[j] = true
		}
		if of[j] {
			met[tokens[j].text] = true
		}
	}
	return len(met) > 0 && all(words, met)
}

func all(words, met map[string]bool) bool {
	for w := range words {
		if !met[w] {
			return false
		}
	}
	return true
}

// mended puts the shelf's word in the place of one with a slip of the pen: five
// letters or more, one of them wrong, missing, too many or swapped.
func (s *Shelf) mended(tokens []token) []token {
	for i, t := range tokens {
		if t.han || len(t.text) < 5 || s.rarity[t.text] > 0 {
			continue
		}
		if _, known := phrases[key(tokens[i:i+1])]; known {
			continue
		}
		found := ""
		for w := range s.rarity {
			if oneSlip(t.text, w) {
				if found != "" {
					found = ""
					break
				}
				found = w
			}
		}
		if found != "" {
			tokens[i].text = found
		}
	}
	return tokens
}

// oneSlip reports an edit distance of one (Damerau, 1964) between two words of
// plain letters.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || len(a) < 4 || a == b {
		return false
	}
	if !letters(a) || !letters(b) {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

func letters(word string) bool {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return true
}
