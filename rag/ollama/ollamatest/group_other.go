//go:build !linux

package ollamatest

import "syscall"

// ownGroup starts the server as the leader of a process group.
func ownGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}
