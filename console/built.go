package console

import "io/fs"

// Built reports whether the console and the widget are in this binary.
func Built() bool {
	for _, name := range []string{"dist/app/index.html", "dist/widget/widget.js"} {
		if _, err := fs.Stat(dist, name); err != nil {
			return false
		}
	}
	return true
}
