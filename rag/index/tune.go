package index

import (
	"os"
	"strconv"
	"strings"
)

var tuned = map[string]float32{}

func init() {
	for _, kv := range strings.Split(os.Getenv("TUNE"), ",") {
		k, v, ok := strings.Cut(kv, "=")
		if !ok {
			continue
		}
		f, _ := strconv.ParseFloat(v, 32)
		tuned[k] = float32(f)
		if strings.HasPrefix(k, "k") {
			n, _ := strconv.Atoi(k[1:])
			kindWeights[n] = float32(f)
		}
	}
}

func tune(k string, d float32) float32 {
	if v, ok := tuned[k]; ok {
		return v
	}
	return d
}
