package desk

import (
	"testing"
	"testing/fstest"
	"time"

	"doudou/knowledge"
)

// aging is a town with one fact that ends on 31 March 2027, an answer that
// states it, and a place that nobody has checked.
func aging(t *testing.T) *knowledge.Knowledge {
	t.Helper()
	k, err := knowledge.Overlay(fstest.MapFS{
		"facts/test.yaml": {Data: []byte(`sources:
  caf: {title: "Caf", address: "https://www.caf.fr/essai", checked_on: 2026-11-23}
facts:
  - {id: test_price, kind: euros, value: "5", about: "prix inventé", source: caf, sure: A, until: 2027-03-31}
`)},
		"replies.yaml": {Data: []byte(`replies:
  - {id: reply.price, title: "Dire le prix", facts: [test_price], review: 2027-05-31, proofread: {en: {by: "Ann", on: 2027-01-15}}}
`)},
		"places/test.yaml": {Data: []byte("places:\n  - {id: laep_test, kind: laep, name: Maison inventée}\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestContentPage(t *testing.T) {
	k := aging(t)
	const soon, over, reply, review = "Vrai jusqu’au 31 mars 2027.", "Fini depuis le 31 mars 2027.", "test_price est fini depuis le 31 mars 2027", "relire depuis le 31 mai 2027"
	for _, tt := range []struct {
		now          string
		wants, lacks []string
	}{
		{"2027-01-29T12:00:00Z", nil, []string{"prix inventé", reply, review}},
		{"2027-01-30T12:00:00Z", []string{"prix inventé", soon, "facts/test.yaml, ligne 4"}, []string{reply, review}},
		{"2027-03-31T21:59:00Z", []string{soon}, []string{over, reply}},
		{"2027-03-31T22:00:00Z", []string{over, "Dire le prix", reply, "replies.yaml, ligne 2"}, []string{soon, review}},
		{"2027-05-31T12:00:00Z", []string{over, reply, review}, []string{soon}},
	} {
		now, err := time.Parse(time.RFC3339, tt.now)
		if err != nil {
			t.Fatal(err)
		}
		b := opened(t, furnish(), func(o *Options) { o.Knowledge = k })
		*b.clock = now
		page := b.enter("chef").get("/desk/content")
		page.wants(t, 200, append(tt.wants, "Contenu à revoir", "Maison inventée", "places/test.yaml, ligne 2",
			"français", "1 réponse sur 1 que personne n’a relue", "Horaires d’exemple", "teams.yaml", "Département")...)
		page.lacks(t, append(tt.lacks, "anglais")...)
		b.another().enter("awa").get("/desk/content").wants(t, 404)
	}
}
