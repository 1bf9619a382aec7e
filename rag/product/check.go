package product

import (
	"errors"
	"fmt"
	"net/url"
	"unicode/utf8"

	"storebot/tenant"

	"golang.org/x/text/currency"
)

// A Problem says what is wrong with one field of a product and how to mend it.
type Problem struct {
	Field   string // as the contract calls it: sku, attributes[2].value
	Code    string // a fixed word, the same as in a sheet
	Message string
	Cure    string
}

// ErrSKUTaken says that another product of the shop has the SKU.
var ErrSKUTaken = &tenant.FieldError{Path: "product.sku", Rule: "sku_taken", Message: "another product of the shop has this SKU; give it one of its own, or change that product"}

// Check returns what is wrong with p, joined, each a *tenant.FieldError of a
// request's field product; nil for a product that can be stored.
func (p Product) Check() error {
	var all []error
	for _, w := range p.Problems() {
		all = append(all, &tenant.FieldError{Path: "product." + w.Field, Rule: w.Code, Message: w.Message + "; " + w.Cure})
	}
	return errors.Join(all...)
}

// Problems returns everything that is wrong with a cleaned product.
func (p Product) Problems() []Problem {
	var list []Problem
	say := func(field, code, message, cure string) { list = append(list, Problem{field, code, message, cure}) }
	text := func(field, code, value string, limit int) {
		if n := utf8.RuneCountInString(value); n > limit {
			say(field, code, fmt.Sprintf("the text has %d characters, %d are allowed", n, limit), "shorten it")
		}
	}
	if p.SKU == "" {
		say("sku", "missing_sku", "the SKU is empty", "give the product a number of its own")
	}
	text("sku", "sku_too_long", p.SKU, MaxSKU)
	if p.Name == "" {
		say("name", "missing_name", "the name is empty", "write the product's name")
	}
	text("name", "name_too_long", p.Name, MaxName)
	if p.Price != "" {
		if !p.Price.valid() {
			say("price", "unknown_price", fmt.Sprintf("%q is not a price", string(p.Price)), "write it with digits and a point, as 1299.00, or leave it empty")
		}
		switch _, err := currency.ParseISO(p.Currency); {
		case p.Currency == "":
			say("currency", "missing_currency", "the price has no currency", "write one, as TWD, USD or EUR")
		case err != nil:
			say("currency", "unknown_currency", fmt.Sprintf("%q is not a currency", p.Currency), "write its three letters, as TWD, USD or EUR")
		}
	}
	if p.Stock != nil && (*p.Stock < 0 || *p.Stock > MaxStock) {
		say("stock", "unknown_stock", fmt.Sprintf("%d is not a number of pieces", *p.Stock), "write a whole number from 0, or leave it empty")
	}
	for _, f := range []struct{ field, value string }{{"link", p.Link}, {"image", p.Image}} {
		text(f.field, f.field+"_too_long", f.value, MaxAddress)
		if f.value != "" && !webAddress(f.value) {
			say(f.field, "unknown_"+f.field, "this is not an address of a page", "write it whole, as https://shop.example/tea, or leave it empty")
		}
	}
	if len(p.Attributes) > MaxAttributes {
		say("attributes", "too_many_attributes", fmt.Sprintf("there are %d properties, %d are allowed", len(p.Attributes), MaxAttributes), "keep those that shoppers ask for")
	}
	seen := map[string]bool{}
	for i, a := range p.Attributes {
		field := fmt.Sprintf("attributes[%d]", i)
		folded := foldName(a.Name)
		switch {
		case folded == "":
			say(field+".name", "missing_attribute_name", "the property has no name", "write one, as Colour")
		case Column(a.Name) != "":
			say(field+".name", "reserved_attribute", fmt.Sprintf("%q is the name of a column that every product has", a.Name), "use that field, or choose another name")
		case seen[folded]:
			say(field+".name", "repeated_attribute", fmt.Sprintf("there are two properties called %q", a.Name), "put both values into one, as blue, grey")
		}
		seen[folded] = true
		if a.Value == "" {
			say(field+".value", "missing_attribute_value", "the property has no value", "write one, or take the property away")
		}
		text(field+".name", "attribute_name_too_long", a.Name, MaxAttributeName)
		text(field+".value", "attribute_too_long", a.Value, MaxAttributeValue)
	}
	if len(p.OtherNames) > MaxOtherNames {
		say("other_names", "too_many_names", fmt.Sprintf("there are %d other names, %d are allowed", len(p.OtherNames), MaxOtherNames), "keep those that differ most")
	}
	for i, n := range p.OtherNames {
		text(fmt.Sprintf("other_names[%d]", i), "name_too_long", n, MaxName)
	}
	if len(p.Phrasings) > MaxPhrasings {
		say("phrasings", "too_many_phrasings", fmt.Sprintf("there are %d phrasings, %d are allowed", len(p.Phrasings), MaxPhrasings), "keep those that differ most")
	}
	for i, q := range p.Phrasings {
		text(fmt.Sprintf("phrasings[%d]", i), "phrasing_too_long", q, MaxPhrasing)
	}
	return list
}

// webAddress reports an absolute http or https address of a named host.
func webAddress(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil
}
