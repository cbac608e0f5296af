package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"testing"

	"doudou/bot/sms"
	"doudou/dialogs"
)

// TestSegments keeps how many SMS every text takes with its choices, in every
// language: a text that grows shows in the review. In French the median is one
// and none takes more than two; other languages keep to their budget.
func TestSegments(t *testing.T) {
	w := worldOf(t, demoWorld)
	sizes := w.sizes()
	var out bytes.Buffer
	fmt.Fprintln(&out, "# SMS per answer with its choices, slots filled with long values; u: UCS-2, else GSM-7.")
	for _, lang := range w.words.Languages() {
		count := segments(sizes, lang)
		if len(count) == 0 {
			t.Fatalf("%s: nothing is measured", lang)
		}
		median, most := count[len(count)/2], count[len(count)-1]
		fmt.Fprintf(&out, "# %s: median %d, most %d, %d texts\n", lang, median, most, len(count))
		if most > segmentBudget(lang) || lang == "fr" && (median > 1 || most > 2) {
			t.Errorf("%s: median %d, most %d", lang, median, most)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(sizes)) {
		fmt.Fprint(&out, key)
		for _, lang := range w.words.Languages() {
			if size, ok := sizes[key][lang]; ok {
				fmt.Fprintf(&out, " %s %d%s", lang, size.Segments, map[string]string{sms.UCS2: "u"}[size.Encoding])
			}
		}
		fmt.Fprintln(&out)
	}
	golden(t, "testdata/segments.txt", out.Bytes())
}

// sizes measures every text that is said, by id and language.
func (w *world) sizes() map[string]map[string]sms.Size {
	g := gauge{lintWords{Catalog: w.words, fact: w.fact(checkDay())}, map[string]map[string]sms.Size{}}
	around := w.surroundings(checkDay())
	around.Words = g
	w.book.Check(around) // it measures each text with its choices
	return g.sizes
}

// A gauge notes what the linter measures.
type gauge struct {
	lintWords
	sizes map[string]map[string]sms.Size
}

func (g gauge) Segments(lang, key string, choices []string) int {
	if g.sizes[key] == nil {
		g.sizes[key] = map[string]sms.Size{}
	}
	size := g.measure(lang, key, choices)
	g.sizes[key][lang] = size
	return size.Segments
}

var _ dialogs.Words = gauge{}

// segments are the counts of a language, sorted.
func segments(sizes map[string]map[string]sms.Size, lang string) []int {
	var count []int
	for _, of := range sizes {
		if size, ok := of[lang]; ok {
			count = append(count, size.Segments)
		}
	}
	slices.Sort(count)
	return count
}
