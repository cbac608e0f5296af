package locales

// A writing is how a language writes numbers and dates. A new language is a new
// row of writingOf and nothing else. In patterns, no-break spaces are written as
// such (\u00a0, \u202f); they become ordinary ones in the SMS of left-to-right
// languages.
type writing struct {
	rightToLeft bool
	plural      string   // CLDR tag whose plural rules hold
	forms       []string // plural forms that a text needs

	group, decimal string // 1 234,50
	euros, percent string // {n} is the number

	months    []string // January first
	days      []string // Sunday first
	shortDays []string // by SMS; nil: the long ones
	first     string   // the first of the month ("1er"); "": a figure
	date      string   // {day} {month} {year}
	moment    string   // {weekday} {day} {month} {time}
	clock     string   // {h} {mm}
	hour      string   // a full hour; "": as clock

	yes, no string
}

// writingOf returns how a language writes.
func writingOf(lang string) (writing, bool) {
	switch lang {
	case "fr":
		return french(), true
	case "en":
		return english(), true
	case "ar":
		return arabic(), true
	}
	return writing{}, false
}

func french() writing {
	return writing{
		plural: "fr", forms: []string{"one", "other"},
		group: "\u202f", decimal: ",", euros: "{n}\u00a0€", percent: "{n}\u00a0%",
		months: []string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
			"septembre", "octobre", "novembre", "décembre"},
		days:      []string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
		shortDays: []string{"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."},
		first:     "1er",
		date:      "{day} {month} {year}", moment: "{weekday} {day} {month} à {time}",
		clock: "{h}h{mm}", hour: "{h}h",
		yes: "oui", no: "non",
	}
}

func english() writing {
	return writing{
		plural: "en", forms: []string{"one", "other"},
		group: ",", decimal: ".", euros: "€{n}", percent: "{n}%",
		months: []string{"January", "February", "March", "April", "May", "June", "July", "August",
			"September", "October", "November", "December"},
		days:      []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		shortDays: []string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		date:      "{day} {month} {year}", moment: "{weekday} {day} {month} at {time}",
		clock: "{h}:{mm}",
		yes:   "yes", no: "no",
	}
}

// arabic writes as Arabic-speaking families in France read: Western digits as on
// their payslips, months by the names of Algeria and Tunisia, which are those of
// French letter by letter.
func arabic() writing {
	return writing{
		rightToLeft: true,
		plural:      "ar", forms: []string{"zero", "one", "two", "few", "many", "other"},
		group: "\u202f", decimal: ",", euros: "{n}\u00a0€", percent: "{n}%",
		months: []string{"جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت",
			"سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
		days: []string{"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"},
		date: "{day} {month} {year}", moment: "{weekday} {day} {month} على الساعة {time}",
		clock: "{h}:{mm}",
		yes:   "نعم", no: "لا",
	}
}
