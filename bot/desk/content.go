package desk

import (
	"net/http"
	"slices"
	"time"

	"doudou/knowledge"
)

// contentSoon is how many days before it ends something is named here: long
// enough to ask an institution for what follows.
const contentSoon = 60

// A duty is what somebody has to look at again.
type duty struct {
	Who   string
	Items []dutyItem
}

// A dutyItem is one thing: what it is, why, and the file to change.
type dutyItem struct {
	What string
	Lang string // of What, when it is not the page's
	Why  string
	File string
	Line int // 0 when the file says it
}

// contentPage shows managers what of the knowledge wants somebody's eye. The
// review dates of dialogs are not here: the desk does not read the trees.
func (d *desk) contentPage(v *visit) error {
	now := d.Now()
	keeper := slices.Concat(d.endings(v.lang, now), d.endedReplies(v.lang, now), d.uncheckedPlaces(v.lang))
	all := []duty{
		{d.name(v.lang, "", "desk.content.keeper"), keeper},
		{d.name(v.lang, "", "desk.content.readers"), d.unread(v.lang)},
	}
	all = slices.DeleteFunc(append(all, d.exampleHours(v.lang)...), func(g duty) bool { return len(g.Items) == 0 })
	return d.show(v, http.StatusOK, "content", page{Title: "desk.content.title", Tab: "content", Data: all})
}

// endings are what has ended or soon does.
func (d *desk) endings(lang string, now time.Time) (list []dutyItem) {
	for _, e := range d.Knowledge.Expiring(now, contentSoon) {
		item := dutyItem{What: d.ending(lang, e), Lang: "fr", Why: d.until(lang, e.Until, now), File: e.File, Line: e.Line}
		if e.What == "commission" {
			item.Lang = ""
		}
		list = append(list, item)
	}
	return list
}

// ending says what it is that ends.
func (d *desk) ending(lang string, e knowledge.Expiry) string {
	switch e.What {
	case "fact":
		for _, f := range d.Knowledge.Facts() {
			if f.File == e.File && f.Line == e.Line {
				return f.About
			}
		}
	case "place":
		for _, p := range d.Knowledge.Places() {
			if p.ID == e.ID {
				return p.Name
			}
		}
	case "commission":
		return d.name(lang, e.ID, "desk.content.commission")
	}
	return e.ID
}

// until says that a last day has passed, or when it comes.
func (d *desk) until(lang string, last, now time.Time) string {
	key := "desk.content.ends"
	if now.In(d.Zone).Format(time.DateOnly) > last.Format(time.DateOnly) {
		key = "desk.content.ended"
	}
	return d.phrase(lang, key, "day", d.day(lang, last))
}

// phrase writes a text of the desk, its id when it cannot be written.
func (d *desk) phrase(lang, key string, args ...any) string {
	text, err := write(d.texts, lang, key, args...)
	if err != nil {
		return key
	}
	return text
}

// endedReplies are the answers by key that state something which is over, or
// that were to be read again by now.
func (d *desk) endedReplies(lang string, now time.Time) (list []dutyItem) {
	for _, r := range d.Knowledge.Replies() {
		item := dutyItem{What: r.Title, Lang: "fr", File: r.File, Line: r.Line}
		if _, ended := d.Knowledge.Standing(r.Facts, now); ended != "" {
			item.Why = d.phrase(lang, "desk.content.fact", "name", ended, "day", d.day(lang, d.endOf(ended)))
			list = append(list, item)
		}
		if !r.Review.IsZero() && now.In(d.Zone).Format(time.DateOnly) >= r.Review.Format(time.DateOnly) {
			item.Why = d.phrase(lang, "desk.content.review", "day", d.day(lang, r.Review))
			list = append(list, item)
		}
	}
	return list
}

// endOf is the last day of the last version of a fact.
func (d *desk) endOf(id string) (last time.Time) {
	for _, f := range d.Knowledge.Facts() {
		if f.ID == id {
			last = f.Until
		}
	}
	return last
}

// uncheckedPlaces are those that no family hears of yet.
func (d *desk) uncheckedPlaces(lang string) (list []dutyItem) {
	for _, p := range d.Knowledge.Places() {
		if p.CheckedOn.IsZero() {
			list = append(list, dutyItem{p.Name, "fr", d.phrase(lang, "desk.content.unchecked"), p.File, p.Line})
		}
	}
	return list
}

// unread counts, language by language, the answers that nobody has proofread.
func (d *desk) unread(lang string) (list []dutyItem) {
	replies := d.Knowledge.Replies()
	for _, code := range d.Words.Languages() {
		n := 0
		for _, r := range replies {
			if _, read := r.Proofread[code]; !read {
				n++
			}
		}
		if n > 0 {
			why := d.phrase(lang, "desk.content.unread", "n", n, "all", len(replies))
			list = append(list, dutyItem{d.languageName(lang, code), "", why, replies[0].File, 0})
		}
	}
	return list
}

// exampleHours are the teams whose hours are invented, by institution.
func (d *desk) exampleHours(lang string) (list []duty) {
	for _, t := range d.Knowledge.Teams() {
		if !t.Example {
			continue
		}
		who := d.name(lang, t.Institution, "desk.house."+t.Institution)
		i := slices.IndexFunc(list, func(g duty) bool { return g.Who == who })
		if i < 0 {
			i, list = len(list), append(list, duty{Who: who})
		}
		item := dutyItem{d.teamName(lang, t.ID), "", d.phrase(lang, "desk.content.example"), "teams.yaml", 0}
		list[i].Items = append(list[i].Items, item)
	}
	return list
}
