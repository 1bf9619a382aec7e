package product

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// ETag names what stands in a product: two have the same exactly if all but their ids
// and times is the same, the attributes' order included.
func (p Product) ETag() string {
	text, err := json.Marshal([]any{p.SKU, p.Name, p.Price, p.Currency, p.Stock, p.Link, p.Image, some(p.Attributes), some(p.OtherNames), some(p.Phrasings)})
	if err != nil {
		panic(err) // texts and a number always have a form
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}

// some makes no list an empty one: a table does not tell them apart.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
