package alert

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"doudou/bot"
)

// A BridgeStore is what a Bridge reads and keeps; bot/store satisfies it.
type BridgeStore interface {
	bot.TopicStore
	Cases(ctx context.Context, teams []string, states []bot.CaseState, limit int) ([]bot.Case, error)
	Case(ctx context.Context, id bot.CaseID) (bot.Case, error)
	Thread(ctx context.Context, contact bot.ContactID, limit int) ([]bot.Line, error)
	Act(ctx context.Context, a bot.Act) error
	Record(ctx context.Context, e bot.Entry) error
	Cursor(ctx context.Context, name string) (int64, error)
	SetCursor(ctx context.Context, name string, at int64) error
}

// An Answerer sends a reply of staff to a family; bot.Service satisfies it.
type Answerer interface {
	Answer(ctx context.Context, agent bot.Agent, id bot.CaseID, text, once string, seen int) error
}

// BridgeOptions are what a Bridge is made of.
type BridgeOptions struct {
	Bot      *StaffBot
	Store    BridgeStore
	Service  Answerer
	Groups   map[string]int64      // of teams: the forum of each
	Segments func(text string) int // how many SMS a text takes
}

// A Bridge carries cases into forum topics, one group for each team, and staff's
// words out. It is for institutions that have agreed to it in writing: what
// families write leaves the desk. A plain text in a topic is a note that never
// reaches the family; an answer is previewed and leaves when its author taps.
type Bridge struct {
	BridgeOptions
	mu     sync.Mutex
	limits map[int64]*rate.Limiter
	until  map[int64]time.Time // Telegram asked a group to wait until then
}

// NewBridge returns a bridge, which its StaffBot hears for from now on.
func NewBridge(o BridgeOptions) *Bridge {
	b := &Bridge{BridgeOptions: o, limits: map[int64]*rate.Limiter{}, until: map[int64]time.Time{}}
	o.Bot.bridge = b
	return b
}

// ReadGroups reads "relais=-1001,pmi=-1002".
func ReadGroups(text string) (map[string]int64, error) {
	groups := map[string]int64{}
	for pair := range strings.SplitSeq(text, ",") {
		team, id, _ := strings.Cut(strings.TrimSpace(pair), "=")
		group, err := strconv.ParseInt(id, 10, 64)
		if err != nil || group >= 0 || team == "" || groups[team] != 0 {
			return nil, errors.New("it is a list such as relais=-1001234,pmi=-1005678: a team and the id of its group, which is below zero")
		}
		groups[team] = group
	}
	return groups, nil
}

// Run carries until ctx ends. Of several replicas the one that polls carries.
func (b *Bridge) Run(ctx context.Context) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := b.Round(ctx); err != nil && ctx.Err() == nil {
			b.Bot.Log.Warn("not all cases could be carried to Telegram; it is tried again", "error", err)
			b.Bot.Count("topics_failed")
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// maxCarried is how many cases are carried.
const maxCarried = 500

// Round carries what is new, and closes or deletes the topics of what is over.
func (b *Bridge) Round(ctx context.Context) error {
	if mine, err := b.Bot.hold(ctx); err != nil || !mine {
		return err
	}
	list, err := b.Store.Topics(ctx)
	if err != nil {
		return err
	}
	topics := map[bot.CaseID]bot.Topic{}
	for _, t := range list {
		topics[t.Case] = t
	}
	teams := slices.Sorted(maps.Keys(b.Groups))
	cases, err := b.Store.Cases(ctx, teams, []bot.CaseState{bot.Open, bot.Taken, bot.Waiting}, maxCarried)
	wrong := []error{err}
	for _, c := range cases {
		wrong = append(wrong, b.carry(ctx, c, topics[c.ID]))
		delete(topics, c.ID)
	}
	if err == nil {
		for _, t := range topics {
			wrong = append(wrong, b.end(ctx, t))
		}
	}
	return errors.Join(wrong...)
}

// Messages a minute to one group, topics included; Telegram takes twenty.
const perMinute = 15

// may takes one message's room in a group; false when it must wait.
func (b *Bridge) may(group int64) bool {
	now := b.Bot.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	if now.Before(b.until[group]) {
		return false
	}
	if b.limits[group] == nil {
		b.limits[group] = rate.NewLimiter(rate.Limit(float64(perMinute)/60), perMinute/3)
	}
	return b.limits[group].AllowN(now, 1)
}

// errWait says that a group has no room now: the next round goes on.
var errWait = errors.New("the group has no room for a message now")

// call makes one request about a group. Telegram's wish to wait, and a group
// that became a supergroup, are kept in mind.
func (b *Bridge) call(ctx context.Context, team, method string, params map[string]any, into any) error {
	group, err := b.group(ctx, team)
	if err != nil {
		return err
	}
	if !b.may(group) {
		return errWait
	}
	call, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	params["chat_id"] = group
	err = b.Bot.api.call(call, method, params, into)
	var refused *apiError
	if !errors.As(err, &refused) {
		return err
	}
	if refused.After > 0 {
		b.mu.Lock()
		b.until[group] = b.Bot.Now().Add(refused.After)
		b.mu.Unlock()
	}
	if refused.MigrateTo != 0 {
		return cmp.Or(b.Store.SetCursor(ctx, moved(b.Groups[team]), refused.MigrateTo), errWait)
	}
	return err
}

// moved names the place where the new id of a group is kept.
func moved(group int64) string { return "staff-group:" + strconv.FormatInt(group, 10) }

// group is that of a team: as it was set, or what it became since.
func (b *Bridge) group(ctx context.Context, team string) (int64, error) {
	group := b.Groups[team]
	now, err := b.Store.Cursor(ctx, moved(group))
	if errors.Is(err, bot.ErrGone) || err == nil && now == 0 {
		return group, nil
	}
	return now, err
}

// teamOf is the team of a group, "" for a strange one.
func (b *Bridge) teamOf(ctx context.Context, group int64) (string, error) {
	for team := range b.Groups {
		id, err := b.group(ctx, team)
		if err != nil || id == group {
			return team, err
		}
	}
	return "", nil
}
