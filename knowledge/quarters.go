package knowledge

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A Quarter is a part of the town, under the name that families give it.
type Quarter struct {
	Name    string
	At      Point    // its middle; zero when nobody has looked
	Streets []string // some streets, for who says a street instead
}

// quarterEntry is a quarter of town.yaml: a name alone, or all that is known.
type quarterEntry struct {
	Name    string   `yaml:"name"`
	Lat     float64  `yaml:"lat"`
	Lon     float64  `yaml:"lon"`
	Streets []string `yaml:"streets"`
}

// UnmarshalYAML reads a name alone as a quarter.
func (q *quarterEntry) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		return n.Decode(&q.Name)
	}
	for i := 0; i+1 < len(n.Content); i += 2 { // a method decodes without the strictness of the file
		if key := n.Content[i]; !slices.Contains([]string{"name", "lat", "lon", "streets"}, key.Value) {
			return fmt.Errorf("line %d: a quarter has name, lat, lon and streets, no %s", key.Line, key.Value)
		}
	}
	type plain quarterEntry
	return n.Decode((*plain)(q))
}

// quarter refuses a quarter without a name, or half a position.
func (q quarterEntry) quarter() (Quarter, error) {
	at := Point{q.Lat, q.Lon}
	if strings.TrimSpace(q.Name) == "" {
		return Quarter{}, fmt.Errorf("a quarter has no name")
	}
	if at != (Point{}) && (!at.known() || q.Lat == 0 || q.Lon == 0) {
		return Quarter{}, fmt.Errorf("quarter %s: lat and lon go together, such as 48.953 and 2.308", q.Name)
	}
	for i, s := range q.Streets {
		if strings.TrimSpace(s) == "" || slices.Contains(q.Streets[:i], s) {
			return Quarter{}, fmt.Errorf("quarter %s: street %q is empty or there twice", q.Name, s)
		}
	}
	return Quarter{Name: q.Name, At: at, Streets: q.Streets}, nil
}

// quarter returns a quarter of the town by its name.
func (t Town) quarter(name string) (Quarter, bool) {
	i := slices.IndexFunc(t.Quarters, func(q Quarter) bool { return q.Name == name })
	if i < 0 {
		return Quarter{}, false
	}
	return t.Quarters[i], true
}
