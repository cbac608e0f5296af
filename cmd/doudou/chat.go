package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"doudou/bot"
	"doudou/bot/sms"
)

func chatCommand() command {
	return command{
		name: "chat", about: "talks to Doudou in the terminal; nothing is sent, nothing is kept",
		usage:   "[--channel telegram|sms] [--lang fr] [--json]",
		example: `printf 'slt cmt on fé pr la creche\n0\n' | doudou chat --channel sms`,
		run:     runChat,
	}
}

// A chatTurn is one line of `doudou chat --json`; its names are an interface.
type chatTurn struct {
	In      string      `json:"in"`
	Lang    string      `json:"lang"`
	Intent  string      `json:"intent"`
	Dialog  string      `json:"dialog"`
	Node    string      `json:"node"`
	Replies []chatReply `json:"replies"`
	Case    *chatCase   `json:"case"`
}

type chatReply struct {
	Text     string   `json:"text"`
	Choices  []string `json:"choices"`
	Encoding string   `json:"encoding"`
	Segments int      `json:"segments"`
}

type chatCase struct {
	ID     string `json:"id"`
	Team   string `json:"team"`
	Urgent bool   `json:"urgent"`
}

// runChat reads a message a line and prints what the family would get.
func runChat(ctx context.Context, p *program, flags *flag.FlagSet, args []string) error {
	channel := flags.String("channel", string(bot.Telegram), "channel to talk on: telegram or sms")
	lang := flags.String("lang", "", "language of the contact, when it is known")
	asJSON := flags.Bool("json", false, "one JSON object a turn")
	if err := p.parse(flags, args); err != nil {
		return err
	}
	if *channel != string(bot.Telegram) && *channel != string(bot.SMS) {
		return fmt.Errorf("there is no channel %q; say telegram or sms", *channel)
	}
	content, err := loadContent(p)
	if err != nil {
		return err
	}
	service, err := content.rehearsing(p)
	if err != nil {
		return err
	}
	c := chat{rehearsal: service.Rehearse(bot.Channel(*channel), *lang), sms: *channel == string(bot.SMS), out: p.out, json: *asJSON, echo: !isTerminal(p.in)}
	return c.talk(ctx, p.in)
}

// A chat is one conversation in a terminal.
type chat struct {
	rehearsal *bot.Rehearsal
	sms       bool
	json      bool
	echo      bool // the messages come from a file: show them
	out       io.Writer
}

func (c *chat) talk(ctx context.Context, in io.Reader) error {
	if !c.json && !c.echo {
		fmt.Fprintln(c.out, "Doudou (Ctrl-D : fin)")
		if err := c.turn(ctx, "/start"); err != nil {
			return err
		}
	}
	lines := bufio.NewReader(in)
	for ctx.Err() == nil {
		line, err := lines.ReadString('\n')
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			if err := c.turn(ctx, line); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read a message: %w", err)
		}
	}
	return nil
}

func (c *chat) turn(ctx context.Context, line string) error {
	m := bot.Message{Text: line}
	if payload, ok := strings.CutPrefix(line, "/start"); ok {
		m = bot.Message{Kind: bot.Greeting, Data: strings.TrimSpace(payload)}
	}
	played, err := c.rehearsal.Say(ctx, m)
	if err != nil {
		return err
	}
	if c.json {
		return c.printJSON(line, played)
	}
	if c.echo {
		fmt.Fprintf(c.out, "> %s\n", line)
	}
	return c.print(played)
}

// isTerminal tells whether somebody types.
func isTerminal(in io.Reader) bool {
	f, ok := in.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func (c *chat) print(p bot.Played) error {
	for _, o := range p.Turn.Out {
		fmt.Fprintln(c.out, indent(o.Body))
		for _, row := range o.Buttons {
			for _, b := range row {
				fmt.Fprintf(c.out, "  [%s]", b.Label)
			}
			fmt.Fprintln(c.out)
		}
		if c.sms {
			size := sms.Measure(o.Body)
			fmt.Fprintf(c.out, "  (%s, %d SMS)\n", size.Encoding, size.Segments)
		}
	}
	if k := p.Turn.Open; k != nil {
		fmt.Fprintf(c.out, "  -> %s, équipe %s\n", k.ID, k.Team)
	}
	if c.echo {
		_, err := fmt.Fprintln(c.out)
		return err
	}
	_, err := fmt.Fprint(c.out, "\n> ")
	return err
}

func indent(text string) string { return "  " + strings.ReplaceAll(text, "\n", "\n  ") }

func (c *chat) printJSON(in string, p bot.Played) error {
	t := chatTurn{In: in, Lang: p.Lang, Intent: p.Intent, Dialog: p.Dialog, Node: p.Node, Replies: []chatReply{}}
	for _, o := range p.Turn.Out {
		size := sms.Measure(o.Body)
		t.Replies = append(t.Replies, chatReply{Text: o.Body, Choices: append([]string{}, o.Choices...), Encoding: string(size.Encoding), Segments: size.Segments})
	}
	if k := p.Turn.Open; k != nil {
		t.Case = &chatCase{ID: string(k.ID), Team: k.Team, Urgent: k.Urgent}
	}
	enc := json.NewEncoder(c.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(t)
}
