package dialogs

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the conversations with what is said now")

// TestConversations plays testdata/*.txtar. An archive holds trees, a library
// and conversations:
//
//	> 2            what is written: a digit or an id for a choice, else a value
//	> #intent      a message read as an intent, for sure; or #intent/subject;
//	               what it gives besides follows: #intent places=2
//	> ?a b c       a message that could mean these
//	> !human       a word that holds everywhere
//	> %danger      danger
//	> [d.n.c]      a button; of a prompt [d.n~about.c]
//	> @dialog      a poster
//	> passer       would rather not say
//	> ~48.953,2.308  a location that was shared
//	> ^d.n slot=value  what the service begins by itself
//	> =value       a value that the reader should not have let through
//	! seat e1 full      the world changes
//	! book v2           a new release of the trees (files v2/*.yaml)
//
// The session is marshalled and read back between any two turns.
func TestConversations(t *testing.T) {
	for _, file := range archives(t, "testdata/*.txtar") {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { playArchive(t, file, nil) })
	}
}

// TestRealConversations plays the trees of the relais.
func TestRealConversations(t *testing.T) {
	book, problems := Default()
	for _, p := range problems {
		t.Fatal(p)
	}
	for _, file := range archives(t, "testdata/real/*.txtar") {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { playArchive(t, file, book) })
	}
}

func archives(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no conversation in %s: %v", pattern, err)
	}
	return files
}

func playArchive(t *testing.T, file string, book *Book) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	books := map[string]*Book{"": book}
	if book == nil {
		books = readBooks(t, archive)
	}
	library := ""
	for i, f := range archive.Files {
		switch {
		case strings.HasSuffix(f.Name, ".yaml"):
		case f.Name == "library":
			library = string(f.Data)
		default:
			t.Run(f.Name, func(t *testing.T) {
				c := &conversation{t: t, books: books, book: books[""], lib: &shelf{}}
				for line := range strings.Lines(library) {
					c.lib.learn(strings.TrimSpace(line))
				}
				got := c.play(string(f.Data))
				if *update {
					archive.Files[i].Data = []byte(got)
				} else if got != string(f.Data) {
					t.Errorf("it went another way:\n%s", got)
				}
			})
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// readBooks reads the trees of an archive: those of each folder are a release.
func readBooks(t testing.TB, archive *txtar.Archive) map[string]*Book {
	t.Helper()
	folders := map[string]fstest.MapFS{}
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".yaml") {
			folder, name := filepath.Split(f.Name)
			folder = strings.TrimSuffix(folder, "/")
			if folders[folder] == nil {
				folders[folder] = fstest.MapFS{}
			}
			folders[folder][name] = &fstest.MapFile{Data: f.Data}
		}
	}
	books := map[string]*Book{}
	for folder, files := range folders {
		b, problems := Read(files)
		for _, p := range problems {
			t.Fatal(p)
		}
		books[folder] = b
	}
	return books
}

type conversation struct {
	t     *testing.T
	books map[string]*Book
	book  *Book
	lib   *shelf
	s     Session
	out   strings.Builder
}

func (c *conversation) play(script string) string {
	for line := range strings.Lines(script) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "! book "):
			c.book = c.books[line[7:]]
		case strings.HasPrefix(line, "! session "):
			if err := json.Unmarshal([]byte(line[10:]), &c.s); err != nil {
				c.t.Fatal(err)
			}
		case strings.HasPrefix(line, "! "):
			c.lib.learn(line[2:])
		case strings.HasPrefix(line, "> "):
			fmt.Fprintln(&c.out, line)
			c.turn(line[2:])
			continue
		case !strings.HasPrefix(line, "#") && line != "":
			continue // what was said before
		}
		fmt.Fprintln(&c.out, line)
	}
	return c.out.String()
}

// turn plays one message, and sees that Step kept its promises.
func (c *conversation) turn(message string) {
	before, _ := json.Marshal(c.s)
	in := read(message, c.book.Expecting(c.s))
	turn, err := c.book.Step(c.s, in, c.lib)
	if err != nil {
		fmt.Fprintf(&c.out, "error: %v\n", err)
		return
	}
	if after, _ := json.Marshal(c.s); string(after) != string(before) {
		c.t.Errorf("> %s: Step changed the session that it was given:\n%s\n%s", message, before, after)
	}
	again, _ := c.book.Step(c.s, in, c.lib)
	if !reflect.DeepEqual(turn, again) {
		c.t.Errorf("> %s: the same turn twice is not the same", message)
	}
	for _, e := range turn.Effects {
		fmt.Fprintln(&c.out, show(e))
	}
	c.s = Session{}
	data, err := json.Marshal(turn.Session)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := json.Unmarshal(data, &c.s); err != nil {
		c.t.Fatal(err)
	}
	fmt.Fprintln(&c.out, stand(turn, c.s))
}

// read understands a message as the reading room would.
func read(message string, e Expectation) Input {
	in := Input{Text: message, Today: "2026-11-23", Zone: ZonePerson}
	rest := message[1:]
	switch message[0] {
	case '#':
		asked, given, _ := strings.Cut(rest, " ")
		in.Intent, in.Subject, _ = strings.Cut(asked, "/")
		in.Values = values(strings.Fields(given))
		in.Zone = ZoneAnswer
	case '?':
		in.Zone, in.Top = ZoneChoose, strings.Fields(rest)
		in.Intent = in.Top[0]
	case '!':
		word, open, _ := strings.Cut(rest, " ")
		in.Global, in.Open = Global(word), open
	case '%':
		in.Urgent = rest
	case '~':
		in.Place = rest
	case '@':
		in.Open = rest
	case '^':
		node, slots, _ := strings.Cut(rest, " ")
		in = Input{Today: in.Today, Enter: &Entry{Node: node, Slots: values(strings.Fields(slots))}}
	case '=':
		in.Value, in.Choice = rest, rest
	case '[':
		parts := strings.SplitN(strings.Trim(message, "[]"), ".", 3)
		node, about, _ := strings.Cut(parts[1], "~")
		in.Tap = &Tap{Dialog: parts[0], Node: node, Choice: parts[2], About: about}
	default:
		answer(&in, message, e)
	}
	return in
}

func answer(in *Input, message string, e Expectation) {
	if message == "passer" {
		in.Skip = true
		return
	}
	n, err := strconv.Atoi(message)
	for i, choice := range e.Choices {
		if choice.ID == message || err == nil && n == i+1 {
			in.Choice = choice.ID
		}
	}
	if e.Kind != "" && e.Kind != KindChoice && !e.Kind.free() && e.Kind.canonical(message) {
		in.Value = message
	}
}

// show writes an effect on a line.
func show(e Effect) string {
	switch e := e.(type) {
	case Say:
		line := showText(e.Text)
		var choices []string
		for _, c := range e.Choices {
			choices = append(choices, showChoice(e, c))
		}
		if len(choices) > 0 {
			line += " [" + strings.Join(choices, " ") + "]"
			if e.About != "" {
				line += "~" + e.About
			}
		}
		return line
	case Handoff:
		items := []string{}
		for _, i := range e.Brief {
			items = append(items, i.Slot+"="+i.Value.Text)
		}
		return strings.Join(slices.DeleteFunc([]string{
			"handoff", e.Team, map[bool]string{true: "urgent"}[e.Urgent], "about", e.Topic, "{" + strings.Join(items, " ") + "}",
		}, func(s string) bool { return s == "" }), " ")
	case Register:
		return "register " + e.Event
	case Cancel:
		return "cancel " + e.Event
	case SetLanguage:
		return "language " + e.Lang
	case Note:
		return "note " + e.Name + "=" + e.Value
	case Record:
		return strings.TrimRight("record "+e.Name+" "+joined(e.With), " ")
	case Forget:
		return "forget"
	}
	return "?"
}

// joined writes values by name.
func joined(values map[string]string) string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		list = append(list, name+"="+values[name])
	}
	return strings.Join(list, " ")
}

// showChoice writes what is not told by the id alone.
func showChoice(say Say, c Choice) string {
	usual := say.Dialog + "." + say.Node + "." + c.ID
	switch {
	case c.Text.Key == usual:
		return c.ID
	case strings.HasSuffix(c.Text.Key, ".item"):
		return c.ID + ":" + strings.ReplaceAll(showText(c.Text), " ", ",")
	}
	return c.ID + ":" + c.Text.Key
}

// showText writes a text: id, arguments (* private, ~ named by the catalogs), plural.
func showText(t Text) string {
	names := make([]string, 0, len(t.Args))
	for name := range t.Args {
		names = append(names, name)
	}
	sort.Strings(names)
	line := t.Key
	if t.Count != "" {
		line += "/" + t.Count
	}
	for _, name := range names {
		v := t.Args[name]
		line += " " + name + "=" + v.Text
		if v.Private {
			line += "*"
		}
		if v.Key != "" {
			line += "~" + v.Key
		}
	}
	return line
}

// stand writes where the family stands after a turn.
func stand(turn Turn, s Session) string {
	line := "= rest"
	if s.Dialog != "" {
		line = "= " + s.Dialog + "." + s.Node
	}
	for i := len(s.Stack) - 1; i >= 0; i-- {
		line += " <" + s.Stack[i].Dialog + "." + s.Stack[i].Node + map[bool]string{true: "(left)"}[s.Stack[i].Left]
	}
	for _, key := range slices.Sorted(maps.Keys(s.Kept)) {
		line += " " + key + ":" + s.Kept[key]
	}
	for _, flag := range []struct {
		on   bool
		word string
	}{
		{turn.Intent != "", "intent:" + turn.Intent}, {turn.Private, "private"}, {!turn.Understood, "not-understood"},
		{s.Retries > 0, fmt.Sprintf("retries:%d", s.Retries)}, {s.Lost > 0, fmt.Sprintf("lost:%d", s.Lost)},
		{s.Repeats > 1, fmt.Sprintf("same:%d", s.Repeats)}, {len(s.Offer) > 0, "offer"},
	} {
		if flag.on {
			line += " " + flag.word
		}
	}
	return line
}
