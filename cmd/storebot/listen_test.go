package main

import (
	"net"
	"net/http"
	"strings"
	"testing"
)

// Of two addresses, the flag of the one that is taken is named.
func TestAnAddressThatIsTakenNamesItsFlag(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, _, err = listen(t.Context(), "--metrics-addr", taken.Addr().String(), http.NotFoundHandler(), make(chan error, 1))
	if err == nil || !strings.Contains(err.Error(), "choose another with --metrics-addr") {
		t.Errorf("%v", err)
	}
}
