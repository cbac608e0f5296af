package knowledge

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// An overlay shows the files of top before those of base. If top has a folder
// of places, those of base are not there: a town has its own places only.
type overlay struct{ top, base fs.FS }

// Open opens a file of top, or else of base.
func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.top.Open(name)
	if err == nil || !errors.Is(err, fs.ErrNotExist) || o.hidden(name) {
		return f, err
	}
	return o.base.Open(name)
}

// ReadDir lists a folder of both, each name once.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(o.top, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) || o.hidden(name) {
		return list, err
	}
	more, missing := fs.ReadDir(o.base, name)
	if err != nil && missing != nil {
		return nil, err
	}
	list = append(list, more...)
	slices.SortStableFunc(list, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return slices.CompactFunc(list, func(a, b fs.DirEntry) bool { return a.Name() == b.Name() }), nil
}

// hidden tells whether the file of base with this name is not to be seen.
func (o overlay) hidden(name string) bool {
	if name != "places" && !strings.HasPrefix(name, "places/") {
		return false
	}
	info, err := fs.Stat(o.top, "places")
	return err == nil && info.IsDir()
}

// strangers refuses a folder with a file that Doudou would not read: a wrong
// name would leave the old town in force, and nobody would know.
func strangers(dir fs.FS) error {
	var wrong []error
	read := 0
	err := fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		if ext := path.Ext(name); err != nil || d.IsDir() || ext != ".yaml" && ext != ".yml" {
			return err
		}
		read++
		known := slices.Contains([]string{"town.yaml", "teams.yaml", "routing.yaml", "calendar.yaml", "replies.yaml"}, name)
		if folder := path.Dir(name); !known && (path.Ext(name) != ".yaml" || folder != "facts" && folder != "places") {
			wrong = append(wrong, position{name, 1}.wrong("Doudou reads town, teams, routing, calendar and replies.yaml, facts/*.yaml and places/*.yaml"))
		}
		return nil
	})
	if err == nil && read == 0 {
		err = fmt.Errorf("the folder holds no .yaml file")
	}
	return errors.Join(append(wrong, err)...)
}
