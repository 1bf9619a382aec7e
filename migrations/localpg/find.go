package localpg

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Programs is an installed Postgres server.
type Programs struct {
	Folder string // of initdb, postgres
	Major  int    // 15, 16, ...
}

// oldest is the first major version with security_invoker views.
const oldest = 15

// Find returns the newest installed server that has pgvector, or the one of
// version major if that is not 0: data made by one major version is read by no
// other. ErrNoServer, with what is missing and how to get it, if there is none.
func Find(major int) (Programs, error) {
	var found []Programs
	var without []string
	for _, folder := range folders() {
		v := version(folder)
		if v < oldest || major != 0 && v != major {
			continue
		}
		if _, err := os.Stat(filepath.Join(share(folder), "extension", "vector.control")); err != nil {
			without = append(without, folder)
			continue
		}
		found = append(found, Programs{Folder: folder, Major: v})
	}
	if len(found) == 0 {
		what := fmt.Sprintf("version %d or newer", oldest)
		if major != 0 {
			what = fmt.Sprintf("version %d, which made the data", major)
		}
		missing := "none installed"
		if len(without) > 0 {
			missing = "without pgvector: " + strings.Join(without, ", ")
		}
		return Programs{}, fmt.Errorf("%w (%s; %s): run make deps, or: "+
			"Debian 13, Ubuntu 24.04: apt-get install postgresql postgresql-NN-pgvector; Debian 12: scripts/postgres.sh; "+
			"Fedora: dnf install postgresql-server pgvector; macOS: brew install postgresql@17 pgvector", ErrNoServer, what, missing)
	}
	return slices.MaxFunc(found, func(a, b Programs) int { return cmp.Compare(a.Major, b.Major) }), nil
}

// folders lists where a server's programs may be: Debian's, Fedora's and
// Homebrew's places, and what the search path leads to.
func folders() []string {
	var out []string
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin",
		"/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
	} {
		matches, _ := filepath.Glob(pattern) // fails on a malformed pattern only
		out = append(out, matches...)
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			out = append(out, filepath.Dir(path))
		}
	}
	if dir := ask("pg_config", "--bindir"); dir != "" {
		out = append(out, dir)
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(folder string) bool {
		for _, program := range []string{"postgres", "initdb"} {
			if _, err := os.Stat(filepath.Join(folder, program)); err != nil {
				return true
			}
		}
		return false
	})
}

var versionLine = regexp.MustCompile(`^postgres \(PostgreSQL\) (\d+)`)

func version(folder string) int {
	m := versionLine.FindStringSubmatch(ask(filepath.Join(folder, "postgres"), "--version"))
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1]) // digits, by the pattern
	return n
}

// share is the folder of the extensions. Debian installs a version's pg_config
// only with the compiler's headers, so its folder is known by rule there.
func share(folder string) string {
	if v, ok := strings.CutPrefix(folder, "/usr/lib/postgresql/"); ok {
		return "/usr/share/postgresql/" + strings.TrimSuffix(v, "/bin")
	}
	return ask(filepath.Join(folder, "pg_config"), "--sharedir")
}

// ask returns the first line of what a program prints, "" if it fails.
func ask(name string, args ...string) string {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, name, args...).Output()
	if err != nil {
		return ""
	}
	line, _, _ := strings.Cut(string(out), "\n")
	return strings.TrimSpace(line)
}
