package desk

import (
	"net/http"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

// languageCookie keeps the language of the desk itself; it tells nothing else.
const languageCookie = "desk-lang"

// language is the language in which a visitor reads the desk: chosen, else the
// browser's, else French.
func (d *desk) language(r *http.Request) string {
	have := d.texts.Languages()
	if c, err := r.Cookie(languageCookie); err == nil && slices.Contains(have, c.Value) {
		return c.Value
	}
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return "fr"
	}
	for _, tag := range tags {
		base, _ := tag.Base()
		if slices.Contains(have, base.String()) {
			return base.String()
		}
	}
	return "fr"
}

func (d *desk) chooseLanguage(v *visit) error {
	lang := v.field("lang")
	if !slices.Contains(d.texts.Languages(), lang) {
		return errForm
	}
	http.SetCookie(v.w, &http.Cookie{Name: languageCookie, Value: lang, Path: "/", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, Secure: d.sessions.Cookie.Secure, SameSite: http.SameSiteLaxMode})
	return v.back(within(v.field("back")))
}

// within keeps a return address inside the desk: a link from elsewhere must not
// lead our visitors away.
func within(to string) string {
	if to == "/try" || strings.HasPrefix(to, "/desk/") && !strings.ContainsAny(to, "\\\n\r") && !strings.Contains(to, "//") {
		return to
	}
	return "/desk/"
}

// letters returns the language that is known by the letters of a text: what a
// family typed is marked so, to be read aloud and shown in its own script. It is
// "" for Latin letters, which many languages share.
func letters(text string) string {
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Arabic, r):
			return "ar"
		case unicode.Is(unicode.Tamil, r):
			return "ta"
		case unicode.Is(unicode.Bengali, r):
			return "bn"
		case unicode.Is(unicode.Han, r):
			return "zh"
		}
	}
	return ""
}
