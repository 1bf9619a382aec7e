package ollamatest

import "syscall"

// ownGroup starts the server as the leader of a process group, and has the
// kernel end it when the test binary dies without cleaning up. SIGTERM, not
// SIGKILL: the server then ends its runners itself.
func ownGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}
