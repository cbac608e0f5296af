package store

import (
	"cmp"
	"slices"
	"strings"

	"doudou/bot"
	"doudou/dialogs"
)

// Words of one statement: both engines take more arguments than four of each.
const mostWords = 400

// index makes a case findable by the words of texts.
func (s *Store) index(t tx, kase, place string, texts ...string) {
	if kase == "" || len(texts) == 0 {
		return
	}
	list := bot.SearchWords(strings.Join(texts, "\n"))
	for part := range slices.Chunk(list, mostWords) {
		indexWords(t, kase, place, part)
	}
}

// indexTopic makes a case findable by what it is about and its language. No
// text has words like these.
func (s *Store) indexTopic(t tx, kase, topic, lang string) {
	dialog, _, _ := strings.Cut(topic, ".")
	indexWords(t, kase, bot.InTopic, []string{topicWord + dialog})
	indexWords(t, kase, bot.InLang, []string{langWord + lang})
}

const (
	topicWord = "topic:"
	langWord  = "lang:"
)

func indexWords(t tx, kase, place string, list []string) {
	var q strings.Builder
	q.WriteString(`INSERT INTO word (head, word, casefile, place) VALUES `)
	args := make([]any, 0, 4*len(list))
	for i, word := range list {
		if i > 0 {
			q.WriteString(", ")
		}
		q.WriteString(marks(4*i+1, 4))
		args = append(args, headOf(word, 0), word, kase, place)
	}
	q.WriteString(` ON CONFLICT (head, word, casefile, place) DO NOTHING`)
	t.do(q.String(), args...)
}

// headBytes is how much of a word stands in its number: a positive BIGINT.
const headBytes = 7

// headOf is the beginning of a word as a number, with what fills it up: 0 gives
// the first, 0xff the last word that begins so.
func headOf(word string, fill byte) int64 {
	var n int64
	for i := range headBytes {
		b := fill
		if i < len(word) {
			b = word[i]
		}
		n = n<<8 | int64(b)
	}
	return n
}

// indexLines makes cases findable by new lines of their threads. What the robot
// said is the same for all families and finds nobody.
func (s *Store) indexLines(t tx, lines []bot.Line) {
	for _, l := range lines {
		if place := placeOf(l.Speaker); place != "" && l.Text != "" {
			s.index(t, string(l.Case), place, l.Text)
		}
	}
}

// placeOf is where the words of a speaker stand, "" for one who finds nobody.
func placeOf(sp bot.Speaker) string {
	return map[bot.Speaker]string{bot.Family: bot.InFamily, bot.Staff: bot.InStaff, bot.Aside: bot.InNote}[sp]
}

// threadBefore is how many lines before a case are its words too.
const threadBefore = 50

// findable makes a new case findable by its number, its brief, what the family
// says of itself, and what it wrote to the robot before.
func (s *Store) findable(t tx, c *contactRow, k bot.Case) error {
	id := c.kase.id
	s.index(t, id, bot.InNumber, id, strings.ReplaceAll(id, "-", ""))
	s.indexTopic(t, id, k.Topic, cmp.Or(k.Lang, c.lang))
	s.index(t, id, bot.InBrief, briefWords(k.Brief)...)
	notes := map[string]string{}
	if err := unpack(c.notes, &notes); err != nil {
		return err
	}
	for _, note := range notes {
		s.index(t, id, bot.InBrief, note)
	}
	var before []string
	t.get(collectTexts(&before), `SELECT text FROM line WHERE contact = $1 AND casefile = '' AND speaker = 'family' AND text <> ''
		ORDER BY seq DESC LIMIT $2`, c.id, int64(threadBefore))
	err := t.flush()
	s.index(t, id, bot.InFamily, before...)
	return err
}

// briefWords are the values of a brief that staff may read.
func briefWords(brief []dialogs.BriefItem) []string {
	var list []string
	for _, item := range brief {
		if !item.Value.Private {
			list = append(list, item.Value.Text)
		}
	}
	return list
}

// unlist takes the cases of a contact out of what lists and searches show.
func unlist(t tx, contact string) {
	t.do(`DELETE FROM word WHERE casefile IN (SELECT id FROM cases WHERE contact = $1)`, contact)
	t.do(`DELETE FROM presence WHERE casefile IN (SELECT id FROM cases WHERE contact = $1)`, contact)
}
