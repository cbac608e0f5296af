package nlu

import (
	"cmp"
	"embed"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"

	"unicode"
	"unicode/utf8"
)

// namesFile holds what tells that a name or an address stands beside it.
//
//go:embed names.tsv
var namesFile embed.FS

// masked stands where something was taken out; it is read as a space.
const masked = "…"

// Mask takes out of a message what could tell whose it is: names, numbers of
// four digits and more, telephones, e-mail and other addresses. It takes out
// rather too much: whoever learns from it needs the question, not the person.
// A first name that is rare and that nothing announces may stay. What is left is
// one line without tabs; it is "" when there is nothing to learn from.
func Mask(text string) string {
	m, err := readMasker()
	if err != nil {
		return "" // the files are in the program: a test reads them
	}
	return m.mask(text)
}

// A masker knows what announces a name, and which words are nobody's name.
type masker struct {
	cues    map[string][]cue // by their first word
	article map[string]bool
	name    map[string]bool
	known   map[string]bool // all words of the phrases and word files
	sounds  map[string]bool // the same as they sound
	digits  map[string]bool // words of numbers
}

// A cue is words beside which a name or an address stands.
type cue struct {
	kind  string
	words []string
}

var readMasker = sync.OnceValues(func() (*masker, error) {
	m := &masker{cues: map[string][]cue{}, article: map[string]bool{}, name: map[string]bool{}, known: map[string]bool{}, sounds: map[string]bool{}, digits: map[string]bool{}}
	if err := m.readCues(); err != nil {
		return nil, err
	}
	return m, m.readKnown()
})

func (m *masker) readCues() error {
	return table(namesFile, "names.tsv", 3, func(c []string) error {
		for _, w := range strings.Split(c[2], "|") {
			parts := words(fold(w))
			switch {
			case len(parts) == 0:
			case c[0] == "article":
				m.article[parts[0]] = true
			case c[0] == "name":
				m.name[strings.Join(parts, " ")] = true
			default:
				m.cues[parts[0]] = append(m.cues[parts[0]], cue{c[0], parts})
			}
		}
		return nil
	})
}

// readKnown learns the words of all files, whatever they mean there.
func (m *masker) readKnown() error {
	list, err := fs.Glob(files, "*/*.tsv")
	if err != nil {
		return err
	}
	for _, name := range list {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		for line := range strings.Lines(string(text)) {
			for _, w := range words(fold(strings.NewReplacer("|", " ", "*", "", "_", " ").Replace(line))) {
				m.known[w] = true
			}
		}
	}
	for w := range m.known {
		if ascii(w) {
			m.sounds[phonetic(w)] = true
		}
	}
	return table(files, "words/numbers.tsv", 3, func(c []string) error {
		for _, w := range strings.Split(c[2], "|") {
			m.digits[fold(w)] = c[0] != "and"
		}
		return nil
	})
}

// A token is a word of a message, with where it stands.
type token struct {
	from, to int
	word     string // folded
	initial  bool   // its first letter is a capital, the others are not
	capitals bool   // all its letters are
	starts   bool   // it begins a sentence
	loose    bool   // only a space, an apostrophe or a hyphen stand before it
	colon    bool   // the same, or a colon or comma
}

// A span is what goes.
type span struct{ from, to int }

// oneLine writes a text on one line, without signs that are not seen but for the
// joiners that Indic scripts need.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d':
			return -1
		}
		return r
	}, head(strings.ToValidUTF8(text, " ")))
	return strings.Join(strings.Fields(text), " ")
}

var (
	mailbox    = regexp.MustCompile(`(?i)\S*@\S*|\S+ ?(?:\(at\)|\barr?obas?e?\b) ?\S+(?: ?(?:\.|point|dot) ?\S+)*|\S+ ?\b(?:gmail|hotmail|yahoo|outlook|orange|icloud|laposte) ?(?:\.|point|dot) ?\S+`)
	website    = regexp.MustCompile(`(?i)\bhttps?:\S+|\bwww\.\S+|\b[\w-]+\.(?:com|fr|net|org|me)\b\S*`)
	digitRuns  = regexp.MustCompile(`\p{Nd}(?:[ .,/()_+\-‐‑–]{0,2}\p{Nd})*`)
	hanNumbers = regexp.MustCompile(`[零〇一二三四五六七八九十百千万两]{4,}`)
)

// leastDigits is how many digits together may tell who somebody is.
const leastDigits = 4

func (m *masker) mask(text string) string {
	text = oneLine(text)
	var gone []span
	for _, form := range []*regexp.Regexp{mailbox, website, hanNumbers} {
		for _, at := range form.FindAllStringIndex(text, -1) {
			if form != website || !m.public(text[at[0]:at[1]]) {
				gone = append(gone, span{at[0], at[1]})
			}
		}
	}
	for _, at := range digitRuns.FindAllStringIndex(text, -1) {
		if countDigits(text[at[0]:at[1]]) >= leastDigits {
			gone = append(gone, span{at[0], at[1]})
		}
	}
	in := tokens(text)
	out := make([]bool, len(in))
	m.numbers(in, out)
	m.names(in, out)
	m.announced(in, out)
	for i, t := range in {
		if out[i] {
			gone = append(gone, span{t.from, t.to})
		}
	}
	return blank(text, gone)
}

// public tells whether a site is one that families ask about ("monenfant.fr").
func (m *masker) public(site string) bool {
	return !strings.Contains(site, "/") && !slices.ContainsFunc(words(fold(site)), func(w string) bool { return !m.known[w] })
}

func countDigits(text string) (n int) {
	for _, r := range text {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// tokens cuts a text of one line into words; each Chinese character is one.
func tokens(text string) []token {
	var in []token
	start, end := -1, 0
	cut := func(at int) {
		if start < 0 {
			return
		}
		in = append(in, newToken(text, end, start, at))
		start, end = -1, at
	}
	for i, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			cut(i)
			start = i
			cut(i + utf8.RuneLen(r))
		case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r), unicode.Is(unicode.Cf, r):
			if start < 0 {
				start = i
			}
		default:
			cut(i)
		}
	}
	cut(len(text))
	return in
}

// newToken makes the word that stands at a place, after another that ended there.
func newToken(text string, before, from, to int) token {
	raw, gap := text[from:to], text[before:from]
	t := token{from: from, to: to, word: fold(raw), starts: before == 0 || strings.ContainsAny(gap, ".!?…؟。\"«(•")}
	t.loose = strings.Trim(gap, " '’‘ʼ-") == ""
	t.colon = strings.Trim(gap, " '’‘ʼ-:,") == ""
	letters, upper := 0, 0
	for _, r := range raw {
		if unicode.IsLetter(r) {
			letters++
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	first, _ := utf8.DecodeRuneInString(raw)
	t.capitals = letters > 1 && upper == letters
	t.initial = unicode.IsUpper(first) && !t.capitals && letters > 1
	return t
}

// numbers marks four words of numbers and more: a telephone said to a machine.
func (m *masker) numbers(in []token, out []bool) {
	for i := 0; i < len(in); {
		to := i
		for to < len(in) && (m.digits[in[to].word] || to > i && (in[to].word == "et" || in[to].word == "and")) {
			to++
		}
		for j := i; to-i >= leastDigits && j < to; j++ {
			out[j] = true
		}
		i = max(to, i+1)
	}
}

// names marks first names, and words with a capital that are none of ours.
func (m *masker) names(in []token, out []bool) {
	loud := 0
	for _, t := range in {
		if t.capitals {
			loud++
		}
	}
	shouted := 2*loud > len(in)
	for i, t := range in {
		capital := t.initial && !t.starts || t.capitals && !shouted && t.to-t.from > 3
		switch {
		case m.name[t.word] && (!m.known[t.word] || t.initial):
			out[i] = true
		case capital && !m.known[t.word]:
			out[i] = true
		case i > 0 && out[i-1] && m.name[in[i-1].word] && t.loose && !m.ours(t): // and the surname
			out[i] = true
		}
	}
}

// ours tells whether a word is one of ours, or one of ours misspelt.
func (m *masker) ours(t token) bool {
	switch {
	case m.known[t.word]:
		return true
	case m.name[t.word], t.word == "":
		return false
	case ascii(t.word):
		return m.sounds[phonetic(t.word)]
	}
	for _, prefix := range []string{"و", "ال", "ب", "ل", "وال", "بال", "لل"} { // glued on in Arabic
		if rest, ok := strings.CutPrefix(t.word, prefix); ok && m.known[rest] {
			return true
		}
	}
	return false
}

// Words of a name, and of the name of a street.
const (
	mostName   = 3
	mostStreet = 3
)

// announced marks what stands beside a cue.
func (m *masker) announced(in []token, out []bool) {
	for i := range in {
		c := m.cue(in, i)
		after := i + len(c.words)
		switch c.kind {
		case "told":
			m.person(in, out, after, true)
		case "perhaps":
			m.person(in, out, after, false)
		case "signed":
			m.signature(in, out, after)
		case "street":
			m.street(in, out, i, after)
		case "number":
			if i > 0 && numbered(in[i-1].word) {
				m.street(in, out, i, after)
			}
		case "end":
			m.before(in, out, i)
		}
	}
}

// cue returns the longest cue that stands at a place.
func (m *masker) cue(in []token, at int) (longest cue) {
	for _, c := range m.cues[in[at].word] {
		if len(c.words) > len(longest.words) && c.stands(in, at) {
			longest = c
		}
	}
	return longest
}

// stands tells whether a cue stands at a place.
func (c cue) stands(in []token, at int) bool {
	if at+len(c.words) > len(in) {
		return false
	}
	for k, w := range c.words {
		if in[at+k].word != w || k > 0 && !in[at+k].loose {
			return false
		}
	}
	return true
}

// person marks a name of up to three words: the first in any case when it was
// told, the others as long as they are none of our words.
func (m *masker) person(in []token, out []bool, at int, told bool) {
	for k := 0; k < mostName && at+k < len(in); k++ {
		t := in[at+k]
		sure := told && (k == 0 || isHan(t.word)) || m.name[t.word]
		if k == 0 && !t.colon || k > 0 && !t.loose || !sure && (m.ours(t) || m.article[t.word]) {
			return
		}
		out[at+k] = true
	}
}

func isHan(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.Is(unicode.Han, r)
}

// signature marks the last words, when they are none of ours.
func (m *masker) signature(in []token, out []bool, at int) {
	if len(in)-at > mostName {
		return
	}
	for i := at; i < len(in); i++ {
		out[i] = out[i] || !m.ours(in[i])
	}
}

// street marks the name of a street, the word for it and the number before.
func (m *masker) street(in []token, out []bool, at, after int) {
	for i := at; i < after; i++ {
		out[i] = true
	}
	for i := at - 1; i >= max(0, at-2) && numbered(in[i].word); i-- {
		out[i] = true
	}
	named := 0
	for i := after; i < len(in) && named < mostStreet && in[i].loose; i++ {
		switch {
		case m.article[in[i].word]:
		case named > 0 && m.known[in[i].word] && !in[i].initial && !in[i].capitals:
			return
		default:
			named++
		}
		out[i] = true
	}
}

// before marks what stands before the word for a street: its name, its number.
func (m *masker) before(in []token, out []bool, at int) {
	out[at] = true
	for i, left := at-1, mostName; i >= 0 && left > 0 && in[i+1].loose; i, left = i-1, left-1 {
		if m.known[in[i].word] && !in[i].initial && !isHan(in[i].word) && !numbered(in[i].word) && left < mostName {
			return
		}
		out[i] = true
	}
}

// numbered tells whether a word is the number of a house.
func numbered(word string) bool {
	return word != "" && word[0] >= '0' && word[0] <= '9' || word == "bis" || word == "ter" || word == "quater"
}

// blank writes one mark for what goes.
func blank(text string, gone []span) string {
	slices.SortFunc(gone, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	var b strings.Builder
	at := 0
	for _, s := range gone {
		if s.to <= at {
			continue
		}
		if between := text[at:max(at, s.from)]; at == 0 || strings.Trim(between, " .,-'’+()") != "" {
			b.WriteString(between)
			b.WriteString(masked)
		}
		at = s.to
	}
	b.WriteString(text[at:])
	left := b.String()
	if strings.IndexFunc(left, unicode.IsLetter) < 0 {
		return ""
	}
	return left
}
