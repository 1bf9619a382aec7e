package product

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A Field is a part of a product that a sheet's column may hold.
type Field string

// The fields, as a written sheet calls them.
const (
	SKUField       Field = "sku"
	NameField      Field = "name"
	PriceField     Field = "price"
	CurrencyField  Field = "currency"
	StockField     Field = "stock"
	LinkField      Field = "link"
	ImageField     Field = "image"
	NamesField     Field = "other_names"
	PhrasingsField Field = "phrasings"
	// IgnoredField is a column that is not read: ids and what a file of invalid rows says of them.
	IgnoredField Field = "error"
)

// Fields are those that are written, in their order.
var Fields = []Field{SKUField, NameField, PriceField, CurrencyField, StockField, LinkField, ImageField, NamesField, PhrasingsField}

var columnNames = func() map[string]Field {
	names := map[string]Field{}
	for field, list := range map[Field]string{
		SKUField: "sku itemnumber itemno itemcode productcode productid productnumber articlenumber partnumber code variantsku " +
			"貨號 货号 款號 款号 商品編號 商品编号 商品代碼 商品代码 產品編號 产品编号 料號 料号 編號 编号 型號 型号 品號 品号 商品貨號 商品货号",
		NameField:     "name productname product title itemname item 品名 商品名稱 商品名称 產品名稱 产品名称 名稱 名称 商品 產品 产品 標題 标题",
		PriceField:    "price unitprice saleprice sellingprice variantprice 售價 售价 價格 价格 單價 单价 定價 定价 價錢 价钱 特價 特价 金額 金额",
		CurrencyField: "currency currencycode 幣別 币别 貨幣 货币 幣種 币种",
		StockField:    "stock quantity qty inventory instock available stockquantity onhand 庫存 库存 數量 数量 庫存量 库存量 庫存數量 库存数量 存貨 存货 現貨 现货",
		LinkField:     "link url productlink producturl page webpage 連結 链接 連結網址 網址 网址 商品連結 商品链接 商品網址 商品网址",
		ImageField:    "image imageurl imagelink picture photo imagesrc 圖片 图片 圖片網址 图片网址 圖片連結 图片链接 商品圖片 商品图片 照片",
		NamesField:    "othernames names othername alias aliases alsoknownas keywords nickname nicknames 別名 别名 其他名稱 其他名称 俗名 俗稱 俗称 又名 關鍵字 关键字 关键词",
		PhrasingsField: "phrasing phrasings similarquestion similarquestions alternativequestions otherphrasings otherwaysofasking " +
			"相似問 相似问 相似問題 相似问题 相似問法 相似问法 其他問法 其他问法 類似問題 类似问题 同義問 同义问 問法 问法",
		IgnoredField: "error errors problem problems id 錯誤 错误 錯誤訊息 错误信息",
	} {
		for name := range strings.FieldsSeq(list) {
			names[name] = field
		}
	}
	return names
}()

// Column tells which field a column of this name holds; "" for a name that is
// an attribute's.
func Column(header string) Field { return columnNames[foldName(header)] }

// foldName makes names comparable: width, case, spaces and punctuation do not count.
func foldName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(name))
}
