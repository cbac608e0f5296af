package dialogs

import (
	"errors"
	"maps"
	"strings"
)

// A shelf is a library of the tests, made of lines:
//
//	look cmg.estimate cmg=120 rest=30     or: look cmg.estimate fails
//	list events.upcoming e1 title=Café ; e2 title=Jeux      or: fails
//	seat e1 free
type shelf struct {
	looks map[string]map[string]string
	lists map[string][]map[string]string
	seats map[string]string
}

var errShelf = errors.New("not on the shelf")

func (s *shelf) learn(line string) {
	words := strings.Fields(line)
	if len(words) < 2 {
		return
	}
	switch words[0] {
	case "look":
		next := maps.Clone(s.looks)
		if next == nil {
			next = map[string]map[string]string{}
		}
		delete(next, words[1])
		if len(words) < 3 || words[2] != "fails" {
			next[words[1]] = values(words[2:])
		}
		s.looks = next
	case "list":
		if s.lists == nil {
			s.lists = map[string][]map[string]string{}
		}
		delete(s.lists, words[1])
		if len(words) < 3 || words[2] != "fails" {
			s.lists[words[1]] = items(strings.Join(words[2:], " "))
		}
	case "seat":
		if s.seats == nil {
			s.seats = map[string]string{}
		}
		s.seats[words[1]] = words[2]
	}
}

func items(text string) []map[string]string {
	list := []map[string]string{}
	for part := range strings.SplitSeq(text, ";") {
		if words := strings.Fields(part); len(words) > 0 {
			item := values(words[1:])
			item["id"] = words[0]
			list = append(list, item)
		}
	}
	return list
}

func values(words []string) map[string]string {
	m := map[string]string{}
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		m[name] = value
	}
	return m
}

func (s *shelf) Look(fn string, args map[string]string) (map[string]string, error) {
	if found, ok := s.looks[fn]; ok {
		return maps.Clone(found), nil
	}
	return nil, errShelf
}

func (s *shelf) List(fn string, args map[string]string) ([]map[string]string, error) {
	list, ok := s.lists[fn]
	if !ok {
		return nil, errShelf
	}
	var copies []map[string]string
	for _, item := range list {
		copies = append(copies, maps.Clone(item))
	}
	return copies, nil
}

func (s *shelf) Seat(event string) (string, error) {
	switch seat := s.seats[event]; seat {
	case "":
		return "gone", nil
	case "fails":
		return "", errShelf
	default:
		return seat, nil
	}
}
