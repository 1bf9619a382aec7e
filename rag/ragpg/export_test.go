package ragpg

// SetPart makes the parts of imports to come n rows long.
func (k *Knowledge) SetPart(n int) { k.rows = n }

// ByProduct are the statements that look products up by their ids.
var ByProduct = map[string]string{
	"get": sqlGetProduct, "delete": sqlDeleteProducts, "keep": sqlKeepProducts, "wrote": sqlProductsOf, "undo": sqlPutProductsBack,
	"by SKU": sqlProductsBySKU,
}
