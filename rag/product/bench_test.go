package product_test

import (
	"fmt"
	"testing"

	"storebot/rag/product"
)

// BenchmarkRead is what a shelf costs each question of its shop.
func BenchmarkRead(b *testing.B) {
	kinds := []string{"oolong tea", "glass teapot", "travel mug", "烏龍茶", "玻璃茶壺", "馬克杯"}
	for _, n := range []int{100, 1000, 10000} {
		var list []product.Product
		for i := range n {
			list = append(list, product.Product{SKU: fmt.Sprint("T-", i), Name: fmt.Sprintf("%s no %d of village %d", kinds[i%len(kinds)], i, i/7), Price: "12", Currency: "EUR"})
		}
		shelf := product.NewShelf(list)
		for _, question := range []string{"how long does delivery to the mountains take", "how much is the oolong tea no 42 of village 6", "玻璃茶壺有貨嗎"} {
			b.Run(fmt.Sprint(n, " products/", question), func(b *testing.B) {
				for b.Loop() {
					shelf.Read(question)
				}
			})
		}
	}
}
