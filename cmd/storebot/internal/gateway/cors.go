package gateway

import (
	"net/http"
	"strings"

	"storebot/proto/gen/storebot/v1/storebotv1connect"
)

// shopperPath is where other sites' pages may call.
const shopperPath = "/" + storebotv1connect.ShopperServiceName + "/"

// shopperCORS lets a shop's own pages call the shopper's methods, and nobody
// else: the key in the address says which shop, so that even a preflight is
// answered for that shop's list of origins alone. No credentials are allowed.
func shopperCORS(keys Keys, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, shopperPath) {
			next.ServeHTTP(w, r)
			return
		}
		h := w.Header()
		h.Add("Vary", "Origin")
		sent := r.Header.Get("Origin")
		if sent != "" {
			shop, err := keys.ShopByKey(r.Context(), r.Header.Get(keyHeader))
			if err == nil && shop.Allows(fromEdge(r.Context()).origin) {
				h.Set("Access-Control-Allow-Origin", sent)
			}
		}
		if r.Method == http.MethodOptions {
			if h.Get("Access-Control-Allow-Origin") == "" {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			h.Set("Access-Control-Allow-Methods", "GET, POST")
			h.Set("Access-Control-Allow-Headers", "Content-Type, Connect-Protocol-Version, Connect-Timeout-Ms")
			h.Set("Access-Control-Max-Age", "7200")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}
