package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"text/tabwriter"

	"doudou/bot"
)

func agentCommand() command {
	return command{
		name: "agent", about: "invites staff to the desk: add, list, reset",
		usage:   "add LOGIN [--name NAME] [--teams relais,pmi] [--role agent|manager|observer] [--email ADDRESS] [--approved] | list | reset LOGIN",
		example: "doudou agent add awa --name Awa --teams relais",
		run:     runAgent,
	}
}

// runAgent does one thing to the list of agents. It may run beside the service.
func runAgent(ctx context.Context, p *program, flags *flag.FlagSet, args []string) error {
	name := flags.String("name", "", "first name, as families read it")
	teams := flags.String("teams", "", "teams, joined by commas; all when empty")
	role := flags.String("role", string(bot.RoleAgent), "agent, manager or observer")
	email := flags.String("email", "", "where word of what waits is sent")
	approved := flags.Bool("approved", false, "answers with approved answers only")
	var words []string
	for len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		words, args = append(words, args[0]), args[1:]
	}
	if err := p.parse(flags, args); err != nil {
		return err
	}
	words = append(words, flags.Args()...)
	if len(words) == 0 {
		flags.Usage()
		return errUsage
	}
	config, err := readConfig(p.getenv)
	if err != nil {
		return err
	}
	store, err := openStore(ctx, p, config, false)
	if err != nil {
		return err
	}
	defer store.Close()
	switch {
	case words[0] == "list" && len(words) == 1:
		return listAgents(ctx, p, store)
	case words[0] == "add" && len(words) == 2:
		a := bot.Agent{Login: words[1], Name: *name, Role: bot.Role(*role), Email: *email, Approved: *approved, Active: true, Since: p.now()}
		return addAgent(ctx, p, config, store, a, *teams)
	case words[0] == "reset" && len(words) == 2:
		return resetAgent(ctx, p, config, store, words[1])
	}
	flags.Usage()
	return errUsage
}

func listAgents(ctx context.Context, p *program, store bot.AgentStore) error {
	agents, err := store.Agents(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	for _, a := range agents {
		state := "invited"
		if a.Password != "" {
			state = "active"
		}
		if !a.Active {
			state = "off"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", a.Login, a.Name, a.Role, strings.Join(a.Teams, ","), state)
	}
	return w.Flush()
}

// addAgent invites somebody: they choose their password with a one-time link.
func addAgent(ctx context.Context, p *program, c config, store bot.AgentStore, a bot.Agent, teams string) error {
	if err := checkAgent(c, &a, teams); err != nil {
		return err
	}
	if _, err := store.Agent(ctx, a.Login); err == nil {
		return fmt.Errorf("%s is an agent already; a new link: doudou agent reset %s", a.Login, a.Login)
	} else if !errors.Is(err, bot.ErrGone) {
		return err
	}
	if err := store.SaveAgent(ctx, a); err != nil {
		return err
	}
	return printInvitation(ctx, p, c, store, a.Login)
}

// checkAgent checks and completes what the command line says of an agent.
func checkAgent(c config, a *bot.Agent, teams string) error {
	if a.Login == "" || strings.Trim(a.Login, "abcdefghijklmnopqrstuvwxyz0123456789.-") != "" {
		return fmt.Errorf("login %q: use small letters, figures, points and dashes", a.Login)
	}
	if !slices.Contains([]bot.Role{bot.RoleAgent, bot.RoleManager, bot.RoleObserver}, a.Role) {
		return fmt.Errorf("role %q: say agent, manager or observer", a.Role)
	}
	if at, err := mail.ParseAddress(a.Email); a.Email != "" && (err != nil || at.Address != a.Email) {
		return fmt.Errorf("e-mail %q: write it as awa@ville.fr", a.Email)
	}
	if a.Name == "" {
		a.Name = strings.ToUpper(a.Login[:1]) + a.Login[1:]
	}
	known, err := teamIDs(c)
	if err != nil {
		return err
	}
	a.Teams = known
	if teams != "" {
		a.Teams = strings.Split(teams, ",")
	}
	for _, t := range a.Teams {
		if !slices.Contains(known, t) {
			return fmt.Errorf("team %q: say one of %s", t, strings.Join(known, ", "))
		}
	}
	return nil
}

// accounts is where agents are kept, with what they prove themselves by.
type accounts interface {
	bot.AgentStore
	bot.FactorStore
}

// resetAgent takes the password and the second factor away, ends all sessions and
// gives a new one-time link.
func resetAgent(ctx context.Context, p *program, c config, store accounts, login string) error {
	a, err := store.Agent(ctx, login)
	if errors.Is(err, bot.ErrGone) {
		return fmt.Errorf("there is no agent %q; see: doudou agent list", login)
	}
	if err != nil {
		return err
	}
	a.Password, a.Active = "", true
	a.Epoch++
	if err := store.SaveAgent(ctx, a); err != nil {
		return err
	}
	if err := store.DropFactor(ctx, login); err != nil {
		return err
	}
	return printInvitation(ctx, p, c, store, login)
}

func printInvitation(ctx context.Context, p *program, c config, store bot.AgentStore, login string) error {
	token, err := invite(ctx, store, login, p.now())
	if err != nil {
		return err
	}
	base := c.publicURL
	if base == "" {
		base = "http://" + dialable(c.listen)
	}
	_, err = fmt.Fprintf(p.out, "%s signs in once, within 24 hours, at\n%s/desk/sign-in?token=%s\n", login, strings.TrimSuffix(base, "/"), token)
	return err
}
