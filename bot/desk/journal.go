package desk

import (
	"net/http"

	"doudou/bot"
)

// journalPage shows a manager the last entries of the journal.
func (d *desk) journalPage(v *visit) error {
	entries, err := d.Staff.Journal(v.r.Context(), bot.JournalQuery{Limit: 200})
	if err != nil {
		return err
	}
	list := make([]journalRow, 0, len(entries))
	for _, e := range entries {
		list = append(list, journalRow{d.when(v.lang, e.At), e.Agent, d.name(v.lang, e.Did, "desk.did."+e.Did), string(e.Case)})
	}
	return d.show(v, http.StatusOK, "journal", page{Title: "desk.journal.title", Tab: "journal", Data: list})
}

type journalRow struct {
	At               stamp
	Agent, Did, Case string
}
