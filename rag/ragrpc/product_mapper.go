package ragrpc

import (
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag/product"
)

func productProto(p product.Product) *storebotv1.Product {
	out := &storebotv1.Product{
		Id: name(p.ID), Sku: p.SKU, Name: p.Name, Price: string(p.Price), Currency: p.Currency,
		Link: p.Link, Image: p.Image, OtherNames: p.OtherNames, Phrasings: p.Phrasings, UpdatedAt: timeProto(p.UpdatedAt), Etag: p.ETag(),
	}
	if p.Stock != nil {
		n := int32(*p.Stock)
		out.Stock = &n
	}
	for _, a := range p.Attributes {
		out.Attributes = append(out.Attributes, &storebotv1.ProductAttribute{Name: a.Name, Value: a.Value})
	}
	return out
}

func productOf(m *storebotv1.Product) (product.Product, error) {
	p := product.Product{
		SKU: m.GetSku(), Name: m.GetName(), Price: product.Price(m.GetPrice()), Currency: m.GetCurrency(),
		Link: m.GetLink(), Image: m.GetImage(), OtherNames: m.GetOtherNames(), Phrasings: m.GetPhrasings(),
	}
	var err error
	if p.ID, err = parseOptional(m.GetId()); err != nil {
		return p, err
	}
	if m != nil && m.Stock != nil {
		n := int(m.GetStock())
		p.Stock = &n
	}
	for _, a := range m.GetAttributes() {
		p.Attributes = append(p.Attributes, product.Attribute{Name: a.GetName(), Value: a.GetValue()})
	}
	return p, nil
}

func cardsProto(list []product.Card) (out []*storebotv1.ProductCard) {
	for _, c := range list {
		out = append(out, &storebotv1.ProductCard{Sku: c.SKU, Name: c.Name, Price: c.Price, Availability: c.Availability, Link: c.Link, Image: c.Image})
	}
	return out
}
