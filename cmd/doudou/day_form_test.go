package main

import (
	"html"
	"net/url"
	"regexp"
	"strings"
)

// fields are those of a form.
type fields url.Values

// with returns the form with other values: name, value, name, value.
func (f fields) with(pairs ...string) url.Values {
	form := url.Values(f)
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

var (
	formTag  = regexp.MustCompile(`(?s)<form[^>]*method="post"[^>]*action="([^"]*)"[^>]*>(.*?)</form>`)
	inputTag = regexp.MustCompile(`<input[^>]*>`)
	pickTag  = regexp.MustCompile(`(?s)<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>`)
	pickedIn = regexp.MustCompile(`<option value="([^"]*)" selected>`)
	longTag  = regexp.MustCompile(`(?s)<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>`)
)

// readForm finds the form of an action in a page of the desk.
func readForm(page, action string) (fields, bool) {
	for _, form := range formTag.FindAllStringSubmatch(page, -1) {
		if html.UnescapeString(form[1]) == action {
			return readFields(form[2]), true
		}
	}
	return nil, false
}

func readFields(form string) fields {
	values := url.Values{}
	for _, tag := range inputTag.FindAllString(form, -1) {
		if !strings.Contains(tag, `type="checkbox"`) || strings.Contains(tag, " checked") {
			values.Add(attribute(tag, "name"), attribute(tag, "value"))
		}
	}
	for _, pick := range pickTag.FindAllStringSubmatch(form, -1) {
		if picked := pickedIn.FindStringSubmatch(pick[2]); picked != nil {
			values.Add(pick[1], html.UnescapeString(picked[1]))
		}
	}
	for _, long := range longTag.FindAllStringSubmatch(form, -1) {
		values.Add(long[1], html.UnescapeString(long[2]))
	}
	return fields(values)
}

// attribute reads one attribute of a tag, "" when it has none.
func attribute(tag, name string) string {
	_, rest, _ := strings.Cut(tag, " "+name+`="`)
	value, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(value)
}
