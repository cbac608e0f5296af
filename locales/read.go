package locales

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

// read reads <prefix>.<lang>.toml files.
func read(fsys fs.FS, prefix string) (*Catalog, error) {
	names, err := fs.Glob(fsys, prefix+".*.toml")
	if err != nil {
		return nil, fmt.Errorf("locales: %w", err)
	}
	c := &Catalog{books: map[string]*book{}}
	var wrong []error
	for _, name := range names {
		b, err := readBook(fsys, name)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		c.books[b.lang] = b
	}
	if err := errors.Join(wrong...); err != nil {
		return nil, err
	}
	if c.books["fr"] == nil {
		return nil, fmt.Errorf("locales: there is no %s.fr.toml; French is the language that is always there", prefix)
	}
	c.languages = frenchFirst(c.books)
	return c, nil
}

func frenchFirst(books map[string]*book) []string {
	list := []string{"fr"}
	for _, lang := range slices.Sorted(maps.Keys(books)) {
		if lang != "fr" {
			list = append(list, lang)
		}
	}
	return list
}

// readBook reads the catalog of one language.
func readBook(fsys fs.FS, name string) (*book, error) {
	lang := strings.Split(path.Base(name), ".")[1]
	if tag, err := language.Parse(lang); err != nil || tag.String() != lang {
		return nil, fmt.Errorf("%s: %q is not the code of a language, such as tr or pt", name, lang)
	}
	src, entries, err := decodeFile(fsys, name)
	if err != nil {
		return nil, err
	}
	b := &book{lang: lang, messages: map[string]*message{}}
	wrong := b.readWriting(fsys, name, entries)
	b.keys = slices.Sorted(maps.Keys(entries))
	return b, errors.Join(wrong, b.load(name, src, entries))
}

// readWriting reads how the language writes numbers and dates. The words of the
// desk go by what the families' catalog of the same language says.
func (b *book) readWriting(fsys fs.FS, name string, entries map[string]any) (err error) {
	if from := "active." + b.lang + ".toml"; name != from {
		name = from
		if _, entries, err = decodeFile(fsys, name); err != nil {
			return err
		}
	}
	if b.writing, err = takeWriting(b.lang, entries); err != nil {
		err = fmt.Errorf("%s: how the language writes numbers and dates: %w", name, err)
	}
	return err
}

func decodeFile(fsys fs.FS, name string) (string, map[string]any, error) {
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		return "", nil, fmt.Errorf("locales: %w", err)
	}
	entries, err := decode(name, string(src))
	return string(src), entries, err
}

// decode reads TOML: keys with a text, or with a table of plural forms.
func decode(name, src string) (map[string]any, error) {
	entries := map[string]any{}
	_, err := toml.Decode(src, &entries)
	var bad toml.ParseError
	if errors.As(err, &bad) {
		return nil, fmt.Errorf("%s:%d: %s", name, bad.Position.Line, bad.Message)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return entries, nil
}

// load gives the texts to go-i18n, once each has been proved.
func (b *book) load(name, src string, entries map[string]any) error {
	tag := language.Make(b.lang)
	bundle := i18n.NewBundle(tag)
	lines := keyLines(src)
	var wrong []error
	for _, key := range b.keys {
		forms, err := formsOf(entries[key])
		if err == nil {
			b.messages[key], err = b.prove(key, forms)
		}
		if err == nil {
			err = bundle.AddMessages(tag, b.lend(key, forms))
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s:%d: %q: %w", name, lines[key], key, err))
		}
	}
	b.words = i18n.NewLocalizer(bundle, b.lang)
	b.parser = &template.TextParser{Option: strict}
	return errors.Join(wrong...)
}

// formsOf returns the plural forms of an entry, "other" alone for a plain text.
func formsOf(entry any) (map[string]string, error) {
	switch e := entry.(type) {
	case string:
		return map[string]string{"other": e}, nil
	case map[string]any:
		return formsOfTable(e)
	}
	return nil, errors.New("is neither a text nor a table of plural forms")
}

func formsOfTable(table map[string]any) (map[string]string, error) {
	forms := map[string]string{}
	for name, v := range table {
		text, ok := v.(string)
		switch {
		case name == "description" || name == "hash": // for translators
		case !ok || !slices.Contains(allForms(), name):
			return nil, fmt.Errorf("%q is no plural form; write keys in quotes, dots included", name)
		default:
			forms[name] = text
		}
	}
	return forms, nil
}

// prove checks the forms of a text and collects what they use.
func (b *book) prove(key string, forms map[string]string) (*message, error) {
	m := &message{key: key, plural: len(forms) > 1}
	if err := b.proveForms(m, forms); err != nil {
		return nil, err
	}
	for _, form := range slices.Sorted(maps.Keys(forms)) {
		if strings.TrimSpace(forms[form]) == "" {
			return nil, fmt.Errorf("form %q is empty", form)
		}
		if err := m.use(forms[form]); err != nil {
			return nil, err
		}
	}
	if len(m.facts) > 0 && (strings.HasSuffix(key, ".nofact") || strings.HasSuffix(key, ".nofact.sms")) {
		return nil, fmt.Errorf("quotes the fact %q; a .nofact form must do without", m.facts[0])
	}
	if m.number && !m.plural && len(b.writing.forms) > 1 {
		return nil, errors.New("quotes {{.PluralCount}} and has no plural forms")
	}
	return m, nil
}

// proveForms checks that a plural has the forms of its language, all and no other.
func (b *book) proveForms(m *message, forms map[string]string) error {
	if _, ok := forms["other"]; !ok {
		return errors.New(`form "other" is missing`)
	}
	if !m.plural {
		return nil
	}
	for _, form := range b.writing.forms {
		if _, ok := forms[form]; !ok {
			return fmt.Errorf("plural form %q is missing; %s has %s", form, b.lang, strings.Join(b.writing.forms, ", "))
		}
	}
	for form := range forms {
		if !slices.Contains(b.writing.forms, form) {
			return fmt.Errorf("plural form %q is not one of %s: %s", form, b.lang, strings.Join(b.writing.forms, ", "))
		}
	}
	return nil
}

// lend makes the message for go-i18n. CLDR gives French, Spanish and Portuguese
// a form "many" for whole millions, which no text here needs: it is lent "other".
func (b *book) lend(key string, forms map[string]string) *i18n.Message {
	m := &i18n.Message{ID: key, Zero: forms["zero"], One: forms["one"], Two: forms["two"],
		Few: forms["few"], Many: forms["many"], Other: forms["other"]}
	if m.Many == "" && len(forms) > 1 {
		m.Many = m.Other
	}
	return m
}

// allForms are the plural forms of CLDR.
func allForms() []string { return []string{"zero", "one", "two", "few", "many", "other"} }

var keyLine = regexp.MustCompile(`^\s*\[?\s*"([^"]+)"\s*[\]=]`)

// keyLines finds the line of each key, for messages; 0 when it is written in
// another way than "key" = or ["key"].
func keyLines(src string) map[string]int {
	lines := map[string]int{}
	for i, line := range strings.Split(src, "\n") {
		if m := keyLine.FindStringSubmatch(line); m != nil && lines[m[1]] == 0 {
			lines[m[1]] = i + 1
		}
	}
	return lines
}
