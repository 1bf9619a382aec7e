// Package mailtest is a mail server for tests: as much SMTP as a sender needs,
// for one connection.
package mailtest

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
)

// A Server keeps what it was told.
type Server struct {
	Address string        // host and port
	Said    chan string   // each command; closed when the connection ends
	Data    chan string   // the mail, head and body, to the dot that ends it
	Met     chan struct{} // closed when the connection is there
}

// Serve listens until t ends. replies answer a command's first word, or a whole line, in
// place of 250; the reply "hang" is none.
func Serve(t testing.TB, replies map[string]string) Server {
	t.Helper()
	now := make(chan struct{})
	close(now)
	return ServeFrom(t, now, replies)
}

// ServeFrom is Serve by a server that says nothing before speak is closed.
func ServeFrom(t testing.TB, speak <-chan struct{}, replies map[string]string) Server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	s := Server{Address: l.Addr().String(), Said: make(chan string, 20), Data: make(chan string, 1), Met: make(chan struct{})}
	go func() {
		defer close(s.Said)
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		close(s.Met)
		<-speak
		fmt.Fprint(conn, "220 test\r\n")
		in := bufio.NewReader(conn)
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				return
			}
			line = strings.TrimSpace(line)
			s.Said <- line
			word := strings.ToUpper(strings.Fields(line + " x")[0])
			reply := cmp.Or(replies[line], replies[word])
			switch {
			case reply == "hang":
				_, _ = io.Copy(io.Discard, in)
				return
			case reply != "":
			case word == "DATA":
				reply = "354 go on"
			default:
				reply = "250 ok"
			}
			fmt.Fprint(conn, reply+"\r\n")
			if word == "DATA" && strings.HasPrefix(reply, "354") {
				var b strings.Builder
				for line := ""; line != ".\r\n"; {
					if line, err = in.ReadString('\n'); err != nil {
						return
					}
					b.WriteString(line)
				}
				s.Data <- b.String()
				fmt.Fprint(conn, "250 taken\r\n")
			}
		}
	}()
	return s
}
