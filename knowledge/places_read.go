package knowledge

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"time"
)

// fresh is how many months a place may be said after it was checked, when the
// file does not say.
const fresh = 6

// away is how far from the town a place may be, in km: the Département's and
// the Caf's are often in the next town, and two numbers in the wrong order are
// in another country.
const away = 50

type placeEntry struct {
	ID        string              `yaml:"id"`
	Kind      string              `yaml:"kind"`
	Name      string              `yaml:"name"`
	Address   string              `yaml:"address"`
	Quarter   string              `yaml:"quarter"`
	Lat       float64             `yaml:"lat"`
	Lon       float64             `yaml:"lon"`
	Hours     map[string][]string `yaml:"hours"`
	Closed    []string            `yaml:"closed"`
	Holidays  string              `yaml:"holidays"`
	Phone     string              `yaml:"phone"`
	Languages []string            `yaml:"languages"`
	Audience  string              `yaml:"audience"`
	Note      string              `yaml:"note"`
	CheckedOn day                 `yaml:"checked_on"`
	Expires   day                 `yaml:"expires"`
	By        string              `yaml:"by"`
}

// readPlaces reads all files of places; a town may have none.
func readPlaces(fsys fs.FS, town Town, zone *time.Location) (places []Place, wrong []error) {
	names, err := fs.Glob(fsys, "places/*.yaml")
	if err != nil {
		return nil, []error{err}
	}
	for _, name := range names {
		var file struct {
			Places []placeEntry `yaml:"places"`
		}
		doc, err := readYAML(fsys, name, &file)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		for i, line := range linesOf(doc, "places") {
			p, err := file.Places[i].place(town, zone)
			if slices.ContainsFunc(places, func(o Place) bool { return o.ID == p.ID }) {
				err = fmt.Errorf("it is there twice")
			}
			if err != nil {
				wrong = append(wrong, position{name, line}.wrong("place %s: %w", p.ID, err))
			}
			p.File, p.Line = name, line
			places = append(places, p)
		}
	}
	return places, wrong
}

func (e placeEntry) place(town Town, zone *time.Location) (Place, error) {
	p := Place{
		ID: e.ID, Kind: e.Kind, Name: e.Name, Address: e.Address, Quarter: e.Quarter, At: Point{e.Lat, e.Lon},
		Phone: e.Phone, Languages: e.Languages, Audience: e.Audience, Note: e.Note,
		CheckedOn: e.CheckedOn.Time, Expires: e.Expires.Time, By: e.By,
	}
	if p.Audience == "" {
		p.Audience = "all"
	}
	if p.Expires.IsZero() && !p.CheckedOn.IsZero() {
		p.Expires = p.CheckedOn.AddDate(0, fresh, 0)
	}
	if err := e.check(town); err != nil {
		return p, err
	}
	var err error
	p.Hours, err = readHours(e.Hours, e.Closed, zone)
	p.Hours.holidays = e.Holidays == "open"
	if err == nil && !p.CheckedOn.IsZero() {
		err = p.sayable()
	}
	return p, err
}

var languageForm = regexp.MustCompile(`^[a-z]{2}$`)

// check refuses an entry whose form is wrong.
func (e placeEntry) check(town Town) error {
	at := Point{e.Lat, e.Lon}
	_, known := town.quarter(e.Quarter)
	switch text := values["text"]; {
	case !factID.MatchString(e.ID):
		return fmt.Errorf("an id is lower case letters, digits and _")
	case !slices.Contains(PlaceKinds(), e.Kind):
		return fmt.Errorf("kind is one of %v, not %q", PlaceKinds(), e.Kind)
	case !text.MatchString(e.Name) || e.Address != "" && !text.MatchString(e.Address):
		return fmt.Errorf("name and address are up to 80 characters; a name is needed")
	case e.Quarter != "" && !known:
		return fmt.Errorf("quarter %q is not in town.yaml", e.Quarter)
	case at != (Point{}) && (!at.known() || town.km(at) > away):
		return fmt.Errorf("lat and lon are not around %s", town.Name)
	case !slices.Contains([]string{"", "open", "closed"}, e.Holidays):
		return fmt.Errorf("holidays is open or closed, not %q", e.Holidays)
	case e.Phone != "" && !values["phone"].MatchString(e.Phone):
		return fmt.Errorf("%q is not a telephone number", e.Phone)
	case slices.ContainsFunc(e.Languages, func(l string) bool { return !languageForm.MatchString(l) }):
		return fmt.Errorf("languages are two letters each, such as [fr, ar]")
	case !slices.Contains([]string{"", "parents", "childminders", "all"}, e.Audience):
		return fmt.Errorf("audience is parents, childminders or all, not %q", e.Audience)
	}
	return nil
}

// sayable refuses a checked place of which a family could not be told enough.
func (p Place) sayable() error {
	_, next := p.Hours.Open(p.CheckedOn)
	switch {
	case p.Address == "" || p.Phone == "" || p.By == "":
		return fmt.Errorf("a checked place has address, phone, and who checked it (by)")
	case next.IsZero():
		return fmt.Errorf("a checked place has hours at which it opens")
	case p.Expires.Before(p.CheckedOn):
		return fmt.Errorf("it expires before it was checked")
	}
	return nil
}

// km returns how far the nearest quarter is; zero when no quarter is on the map.
func (t Town) km(at Point) float64 {
	var far []float64
	for _, q := range t.Quarters {
		if q.At.known() {
			far = append(far, q.At.km(at))
		}
	}
	if len(far) == 0 {
		return 0
	}
	return slices.Min(far)
}
