package telegram

import (
	"regexp"
	"strings"
)

// A command is a word that begins with a slash, at the head of a message.
type command struct {
	word    string // what it means on every channel: MENU, STOP...; "" for an unknown one
	start   bool   // /start, which Telegram sends when somebody opens the chat
	payload string // what follows: of /start, the origin of a link or poster
}

// words are what the commands mean. Those that Telegram shows are in shown; the
// English ones are the ones that Telegram asks every bot to know.
var words = map[string]string{
	"menu": "MENU", "aide": "AIDE", "humain": "HUMAIN", "langue": "LANGUE", "stop": "STOP", "efface": "EFFACE",
	"help": "AIDE", "settings": "LANGUE", "language": "LANGUE",
}

// shown are the commands in the order of Telegram's menu.
var shown = []string{"menu", "humain", "langue", "aide", "stop", "efface"}

// commandForm takes a command wherever Telegram would: a name of 1 to 32 signs,
// perhaps addressed to a bot. All of it is ASCII, so that no offset of
// Telegram's, counted in UTF-16, is needed to cut it out.
var commandForm = regexp.MustCompile(`(?s)^/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]{1,64})?(?:[^\pL\pN_](.*))?$`)

// parseCommand reads the command at the head of a text. Signs that are neither
// letters nor figures, such as an emoji, may come before it.
func parseCommand(text string) (command, bool) {
	text = clean(text)
	found := commandForm.FindStringSubmatch(strings.TrimLeftFunc(text, decorates))
	if found == nil {
		return command{}, false
	}
	name := strings.ToLower(found[1])
	return command{word: words[name], start: name == "start", payload: strings.TrimSpace(found[2])}, true
}
