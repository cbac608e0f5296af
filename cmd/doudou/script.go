package main

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"

	"doudou/locales"
)

func scriptCommand() command {
	return command{
		name: "script", about: "prints a dialog with its words, as the coordinator reads it",
		usage: "DIALOG [--lang fr]", example: "doudou script cmg --lang fr", run: runScript,
	}
}

// runScript prints one dialog, or the names of all.
func runScript(_ context.Context, p *program, flags *flag.FlagSet, args []string) error {
	lang := flags.String("lang", "fr", "language of the words")
	dialog := ""
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		dialog, args = args[0], args[1:]
	}
	if err := p.parse(flags, args); err != nil {
		return err
	}
	c, err := loadContent(p)
	if err != nil {
		return err
	}
	if dialog == "" {
		dialog = flags.Arg(0)
	}
	if !slices.Contains(c.book.Dialogs(), dialog) {
		return fmt.Errorf("say which dialog: %s", strings.Join(c.book.Dialogs(), " "))
	}
	if !slices.Contains(c.words.Languages(), *lang) {
		return fmt.Errorf("there is no catalog for %q; say one of %s", *lang, strings.Join(c.words.Languages(), " "))
	}
	return c.book.Script(p.out, dialog, c.scriptWords(p, *lang))
}

// scriptWords writes a text with its arguments by name, as {{children}}, and
// its facts as they stand today.
func (c *content) scriptWords(p *program, lang string) func(key string) string {
	fact := c.fact(p.now())
	return func(key string) string {
		if !c.words.Has(lang, key) {
			return ""
		}
		args := map[string]locales.Arg{"PluralOf": {Kind: "count", Text: "2"}}
		for _, slot := range c.words.Slots(lang, key) {
			args[slot] = locales.Arg{Kind: "text", Text: "[" + slot + "]"}
		}
		text, err := c.words.Text(lang, locales.Style{}, locales.Line{Key: key, Args: args, Count: "PluralOf"}, fact)
		if err != nil {
			return "?? " + err.Error()
		}
		return text
	}
}
