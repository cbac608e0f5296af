package dialogs

// A Rule is one thing that the linter proves. Its code never changes its
// meaning.
type Rule struct{ Code, Text string }

// Rules returns all rules, by code.
func Rules() []Rule {
	return []Rule{
		{"D00", "The file has the form of a tree: known keys only, one act a node, nothing missing."},
		{"D01", "Every target exists, and so does every dialog that the engine goes to by itself."},
		{"D02", "Every node can be reached."},
		{"D03", "Every node leads to an end."},
		{"D04", "Slots, look-ups and teams exist, and their kinds agree."},
		{"D05", "Conditions are \"slot op value\", mean something, and close with else."},
		{"D06", "Every text is there in every language, and in a form without facts when it quotes some."},
		{"D07", "A text with its choices fits the SMS budget of its language."},
		{"D08", "A text uses the same slots in every language."},
		{"D09", "No path goes round without a question."},
		{"D10", "A person is at most two answers away from every question; a safety card calls one at once."},
		{"D11", "A menu has at most nine choices."},
		{"D12", "Nothing private is in a brief or a note, which staff read."},
		{"D13", "A slot is filled on every path before it is read or quoted."},
		{"D14", "An intent has one dialog; every dialog has an intent, a prompt or a path that leads to it."},
		{"D15", "The review date has not passed, and the facts quoted are in force (a warning)."},
		{"D16", "A node of the last release that is gone has a successor that says \"was\"."},
		{"D17", "No text of the catalogs is unused."},
		{"D18", "Every slot is used, and no choice is called like a form of a text."},
	}
}
