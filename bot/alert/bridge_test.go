package alert

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
)

const forum = int64(-1001)

// A hall is a town whose cases are carried to the forum of the relais. Updates
// are handed to the bot by hand, one after the other.
type hall struct {
	*line
	bridge *Bridge
	last   int64
}

// answerer answers families as the service does, by the store.
type answerer struct{ *town }

func (a answerer) Answer(ctx context.Context, agent bot.Agent, id bot.CaseID, text, once string, seen int) error {
	return a.store.Act(ctx, bot.Act{Case: id, Agent: agent.Login, Do: bot.Reply, Once: once, Seen: seen, Text: text, At: a.Now(), Tag: a.turns.Add(1),
		Out: &bot.Outgoing{To: bot.Address{Channel: bot.SMS}, Origin: bot.FromStaff, Body: text, At: a.Now()}})
}

// newHall links Awa (11) and Léa (12); nobody knows 666.
func newHall(t *testing.T) *hall {
	h := &hall{line: &line{town: newTown(t), api: bottest.Telegram(t), counts: make(chan string, 10000)}}
	h.line.bot = h.staffBot()
	for chat, login := range map[string]string{"11": "awa", "12": "lea"} {
		h.offers(login, login)
		_, err := h.store.LinkChat(t.Context(), bot.LinkHash(login), chat, h.Now())
		h.must(err)
	}
	h.bridge = h.newBridge(h.line.bot)
	return h
}

func (h *hall) newBridge(b *StaffBot) *Bridge {
	return NewBridge(BridgeOptions{Bot: b, Store: h.store, Service: answerer{h.town},
		Groups: map[string]int64{"relais": forum}, Segments: func(text string) int { return 1 + len(text)/160 }})
}

// round carries, with a minute of room before it.
func (h *hall) round() {
	h.Helper()
	h.Add(time.Minute)
	h.must(h.bridge.Round(h.Context()))
}

// carried opens a case and its topic.
func (h *hall) carried(id bot.CaseID) (thread int) {
	h.Helper()
	h.calls(id, false)
	h.round()
	list := h.api.Topics()
	if len(list) == 0 {
		h.Fatal("no topic was made")
	}
	return list[len(list)-1].Thread
}

// hears hands an update to the bot.
func (h *hall) hears(raw map[string]any) {
	h.Helper()
	h.last++
	raw["update_id"] = h.last
	_, data := h.api.Update(raw)
	var u update
	h.must(json.Unmarshal(data, &u))
	h.must(h.line.bot.hear(h.Context(), u))
}

// says has an agent write in a topic, in answer to a message unless it is nil.
func (h *hall) says(thread int, from int64, text string, reply *bottest.TelegramMessage) {
	h.Helper()
	h.Add(5 * time.Second)
	h.hears(bottest.TelegramInTopic(forum, thread, from, text, reply))
}

// taps taps a key of the last message of a topic that has some.
func (h *hall) taps(thread int, from int64, key string) {
	h.Helper()
	for _, m := range slices.Backward(h.api.SentIn(thread)) {
		for _, row := range m.Buttons {
			for _, b := range row {
				if b.Text == key {
					h.Add(5 * time.Second)
					h.hears(bottest.TelegramTapInTopic(m, from, b.Data))
					return
				}
			}
		}
	}
	h.Fatalf("there is no key %q", key)
}

// left is what reached the outbox of families since the last call, in order.
func (h *hall) left() (bodies []string) {
	h.Helper()
	for {
		out, err := h.store.Claim(h.Context(), bot.SMS, h.Now(), bot.Lease{Token: h.turns.Add(1), Until: h.Now().Add(time.Minute)}, 100)
		h.must(err)
		if len(out) == 0 {
			return bodies
		}
		for _, o := range out {
			bodies = append(bodies, o.Body)
			h.must(h.store.Settle(h.Context(), bot.Outcome{Outgoing: o, State: bot.Sent, Sent: fmt.Sprint(o.ID), At: h.Now()}))
		}
	}
}

// notes are what colleagues read of a case, in order.
func (h *hall) notes(id bot.CaseID) (texts []string) {
	h.Helper()
	c, err := h.store.Case(h.Context(), id)
	h.must(err)
	lines, err := h.store.Thread(h.Context(), c.Contact, 1000)
	h.must(err)
	for _, l := range lines {
		if l.Speaker == bot.Aside {
			texts = append(texts, l.Agent+": "+l.Text)
		}
	}
	return texts
}

func (h *hall) equal(what string, got, want any) {
	h.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		h.Errorf("%s: %v, want %v", what, got, want)
	}
}

// final is the last message of a topic.
func (h *hall) final(thread int) bottest.TelegramMessage {
	h.Helper()
	list := h.api.SentIn(thread)
	if len(list) == 0 {
		h.Fatal("the topic is empty")
	}
	return list[len(list)-1]
}

func TestACaseIsATopic(t *testing.T) {
	h := newHall(t)
	thread := h.carried("4182")
	topic := h.api.Topics()[0]
	if !strings.HasPrefix(topic.Name, "4182 - tamoul - ") || topic.Group != forum {
		t.Errorf("the topic is %+v", topic)
	}
	first := h.api.SentIn(thread)
	if len(first) != 1 || !strings.Contains(first[0].Text, "La famille : "+secret) || !strings.Contains(first[0].Text, "/desk/cases/4182") {
		t.Fatalf("it begins with %+v", first)
	}
	h.round()
	h.equal("messages while nothing is new", len(h.api.SentIn(thread)), 1)
	h.writes("+3364182", nil)
	h.writes("+3364182", nil)
	h.round()
	h.equal("two words of the family are one message", len(h.api.SentIn(thread)), 2)

	h.says(thread, 11, "je la rappelle demain", nil)
	h.equal("notes", h.notes("4182"), "[awa: je la rappelle demain]")
	h.equal("left", h.left(), "[]")

	words := h.final(thread)
	h.says(thread, 11, "Bonjour, venez mardi.", &words)
	preview := h.final(thread)
	if !strings.Contains(preview.Text, "Bonjour, venez mardi.") || !strings.Contains(preview.Text, "tamoul") || !strings.Contains(preview.Text, "1 SMS") {
		t.Errorf("the preview reads %q", preview.Text)
	}
	h.equal("left before the tap", h.left(), "[]")
	h.hears(bottest.TelegramTapInTopic(preview, 12, preview.Buttons[0][0].Data))
	h.equal("left by a colleague's tap", h.left(), "[]")
	for range 3 {
		h.hears(bottest.TelegramTapInTopic(preview, 11, preview.Buttons[0][0].Data))
	}
	h.equal("left", h.left(), "[Bonjour, venez mardi.]")
	if last := h.final(thread); len(last.Buttons) > 0 || !strings.Contains(last.Text, "Envoyé") {
		t.Errorf("after the tap %+v", last)
	}
	h.act("4182", "awa", bot.Close)
	h.round()
	if !h.api.Topics()[0].Closed {
		t.Error("the topic of a closed case stays open")
	}
	h.Add(31 * 24 * time.Hour)
	h.round()
	if !h.api.Topics()[0].Deleted {
		t.Error("the topic is not deleted after its days")
	}
}

func TestWhatAnAgentMayDecide(t *testing.T) {
	h := newHall(t)
	thread := h.carried("1")
	h.says(thread, 11, "/r Bonjour", nil)
	h.taps(thread, 11, "Annuler")
	h.says(thread, 11, "/r@RelaisBot Encore", nil)
	h.taps(thread, 11, "Garder en note")
	h.equal("left", h.left(), "[]")
	h.equal("notes", h.notes("1"), "[awa: Encore]")

	h.says(thread, 12, "/r Trop tard ?", nil)
	h.writes("+3361", nil) // the family writes before the tap
	h.taps(thread, 12, "Envoyer")
	h.equal("left although the family wrote", h.left(), "[]")
	if got := h.final(thread).Text; !strings.Contains(got, "a écrit depuis") {
		t.Errorf("the agent reads %q", got)
	}
	h.act("1", "awa", bot.Take)
	h.round()
	h.says(thread, 12, "/r Moi aussi", nil)
	h.taps(thread, 12, "Envoyer")
	h.equal("left although Awa holds it", h.left(), "[]")
	h.says(thread, 11, "/r "+strings.Repeat("a", 1501), nil)
	if got := h.final(thread); len(got.Buttons) > 0 || !strings.Contains(got.Text, "1 500") {
		t.Errorf("a long answer: %+v", got)
	}
	h.act("1", "awa", bot.Close)
	h.says(thread, 11, "/r Après", nil)
	if got := h.final(thread).Text; !strings.Contains(got, "fermée") {
		t.Errorf("an answer to a closed case: %q", got)
	}
}

func TestApprovedAgentsAnswerAtTheDesk(t *testing.T) {
	h := newHall(t)
	h.agent(bot.Agent{Login: "awa", Name: "Awa", Role: bot.RoleAgent, Teams: []string{"relais"}, Approved: true})
	thread := h.carried("1")
	h.says(thread, 11, "/r Mes mots à moi", nil)
	if got := h.final(thread); len(got.Buttons) > 0 || !strings.Contains(got.Text, "textes préparés") {
		t.Errorf("%+v", got)
	}
}

func TestWhoIsNotHeardInATopic(t *testing.T) {
	h := newHall(t)
	h.agent(bot.Agent{Login: "lea", Name: "Léa", Role: bot.RoleObserver, Teams: []string{"relais"}})
	thread := h.carried("1")
	before := len(h.api.Sent())
	h.says(thread, 666, "je passais", nil)
	h.says(thread, 666, "/r je passais", nil)
	h.says(thread, 12, "/r une observatrice", nil)
	h.says(thread+50, 11, "un autre sujet", nil)
	h.equal("answers", len(h.api.Sent()), before)
	anonymous := bottest.TelegramInTopic(forum, thread, anonymousAdmin, "/r sans nom", nil)
	h.hears(anonymous)
	if got := h.final(thread).Text; !strings.Contains(got, "Rester anonyme") {
		t.Errorf("an anonymous administrator reads %q", got)
	}
	h.equal("notes", h.notes("1"), "[]")
	h.equal("left", h.left(), "[]")
}

// TestPitfallsOfTopics: what Telegram may answer, and that nothing is lost or
// said twice.
func TestPitfallsOfTopics(t *testing.T) {
	t.Run("too many requests", func(t *testing.T) {
		h := newHall(t)
		thread := h.carried("1")
		h.writes("+3361", nil)
		h.api.Refuse(forum, h.api.TooMany(120))
		h.round()
		h.api.Relent(forum)
		calls := h.api.Count("sendMessage")
		h.round() // a minute later: too early
		h.equal("calls while Telegram asks to wait", h.api.Count("sendMessage"), calls)
		h.round()
		h.equal("messages", len(h.api.SentIn(thread)), 2)
	})
	t.Run("topic deleted", func(t *testing.T) {
		h := newHall(t)
		h.api.DeleteTopic(h.carried("1"))
		h.writes("+3361", nil)
		h.round()
		h.round()
		list := h.api.Topics()
		h.equal("topics", len(list), 2)
		if first := h.api.SentIn(list[1].Thread); len(first) != 1 || strings.Count(first[0].Text, secret) != 2 {
			t.Errorf("the new topic holds %+v", first)
		}
		h.api.DeleteTopic(list[1].Thread)
		h.writes("+3361", nil)
		for range 5 {
			h.round()
		}
		h.equal("topics, when somebody deletes each", len(h.api.Topics()), 2)
	})
	t.Run("topic closed", func(t *testing.T) {
		h := newHall(t)
		thread := h.carried("1")
		h.api.CloseTopic(thread)
		h.writes("+3361", nil)
		h.round()
		h.round()
		h.equal("messages", len(h.api.SentIn(thread)), 2)
	})
	t.Run("the group becomes a supergroup", func(t *testing.T) {
		h := newHall(t)
		h.calls("1", false)
		h.api.Script("createForumTopic", h.api.Migrated(-2002))
		h.round()
		h.round()
		h.equal("topics", len(h.api.Topics()), 1)
		h.equal("group", h.api.Topics()[0].Group, -2002)
		h.bridge = h.newBridge(h.line.bot) // a restart still knows
		h.calls("2", false)
		h.round()
		h.equal("group of the next", h.api.Topics()[1].Group, -2002)
	})
	t.Run("a lost answer", func(t *testing.T) {
		h := newHall(t)
		thread := h.carried("1")
		h.writes("+3361", nil)
		h.api.Script("sendMessage", h.api.Cut(false))
		if err := h.bridge.Round(t.Context()); err == nil {
			t.Error("the failure is not said")
		}
		h.round()
		h.equal("messages", len(h.api.SentIn(thread)), 2)
	})
}

func TestAnEditedMessageIsANote(t *testing.T) {
	h := newHall(t)
	thread := h.carried("1")
	raw := bottest.TelegramInTopic(forum, thread, 11, "/r le bon texte", nil)
	h.hears(map[string]any{"edited_message": raw["message"]})
	h.equal("notes", h.notes("1"), "[awa: Corrigé : /r le bon texte]")
	h.equal("left", h.left(), "[]")
}

// TestABurstKeepsItsOrder: two answers, tapped one after the other, leave so; and
// an update that comes twice is one note.
func TestABurstKeepsItsOrder(t *testing.T) {
	h := newHall(t)
	thread := h.carried("1")
	h.says(thread, 11, "/r premier", nil)
	h.taps(thread, 11, "Envoyer")
	h.says(thread, 11, "/r second", nil)
	h.taps(thread, 11, "Envoyer")
	h.equal("left", h.left(), "[premier second]")
	again := bottest.TelegramInTopic(forum, thread, 11, "une fois", nil)
	h.hears(again)
	h.last--
	h.hears(again)
	h.equal("notes", h.notes("1"), "[awa: une fois]")
}

// TestAGroupTakesFifteenMessagesAMinute: forty cases on a Monday.
func TestAGroupTakesFifteenMessagesAMinute(t *testing.T) {
	h := newHall(t)
	for id := range 40 {
		h.calls(bot.CaseID(fmt.Sprint(100+id)), false)
	}
	for minute := range 8 {
		before := h.api.Count("createForumTopic") + h.api.Count("sendMessage")
		for range 12 {
			h.Add(5 * time.Second)
			h.must(h.bridge.Round(t.Context()))
		}
		if n := h.api.Count("createForumTopic") + h.api.Count("sendMessage") - before; n > 20 {
			t.Errorf("minute %d: %d messages", minute, n)
		}
	}
	h.equal("topics", len(h.api.Topics()), 40)
	h.equal("messages", len(h.api.Sent()), 40)
}

// TestAPreviewWaitsForRoom: what an agent asks for while the group has no room is
// heard again, and done once.
func TestAPreviewWaitsForRoom(t *testing.T) {
	h := newHall(t)
	thread := h.carried("1")
	for h.bridge.may(forum) {
	}
	raw := bottest.TelegramInTopic(forum, thread, 11, "/r Bonjour", nil)
	raw["update_id"] = 77
	_, data := h.api.Update(raw)
	var u update
	h.must(json.Unmarshal(data, &u))
	if err := h.line.bot.hear(t.Context(), u); !errors.Is(err, errWait) {
		t.Fatalf("without room: %v", err)
	}
	h.Add(time.Minute)
	h.must(h.line.bot.hear(t.Context(), u))
	h.taps(thread, 11, "Envoyer")
	h.equal("left", h.left(), "[Bonjour]")
}

// TestTwoWorkersMakeOneTopic: even if both believe that they hold the post.
func TestTwoWorkersMakeOneTopic(t *testing.T) {
	h := newHall(t)
	h.calls("1", false)
	c, err := h.store.Case(t.Context(), "1")
	h.must(err)
	for _, b := range []*Bridge{h.bridge, h.newBridge(h.staffBot())} {
		h.Add(time.Minute)
		_, err := b.open(t.Context(), c, bot.Topic{})
		h.must(err)
	}
	list := h.api.Topics()
	if len(list) != 2 || list[0].Deleted || !list[1].Deleted {
		t.Errorf("topics %+v", list)
	}
	other := h.newBridge(h.staffBot())
	h.must(h.bridge.Round(t.Context()))
	before := len(h.api.Sent())
	h.writes("+3361", nil)
	h.must(other.Round(t.Context()))
	h.equal("messages of who does not hold the post", len(h.api.Sent()), before)
}

// TestNoNoteReachesAFamily plays random hands in a topic: what leaves is what its
// author sent by a tap, and nothing else.
func TestNoNoteReachesAFamily(t *testing.T) {
	for seed := range uint64(20) {
		h := newHall(t)
		thread := h.carried("1")
		r := rand.New(rand.NewPCG(seed, 1))
		drafts, sent := map[string]string{}, []string{}
		for i := range 40 {
			text, from := fmt.Sprintf("mot %d", i), []int64{11, 11, 12, 666}[r.IntN(4)]
			switch r.IntN(5) {
			case 0:
				h.says(thread, from, text, nil)
			case 1:
				h.hears(map[string]any{"edited_message": bottest.TelegramInTopic(forum, thread, from, text, nil)["message"]})
			case 2:
				first := h.api.SentIn(thread)[0]
				h.says(thread, from, text, &first)
				drafts[text] = fmt.Sprint(from)
			default:
				m := h.api.SentIn(thread)[r.IntN(len(h.api.SentIn(thread)))]
				if len(m.Buttons) == 0 {
					continue
				}
				key := m.Buttons[0][r.IntN(3)]
				h.Add(5 * time.Second)
				h.hears(bottest.TelegramTapInTopic(m, from, key.Data))
				if after := h.api.SentIn(thread); key.Text == "Envoyer" && slices.ContainsFunc(after, func(n bottest.TelegramMessage) bool {
					return n.ID == m.ID && strings.HasPrefix(n.Text, "Envoyé")
				}) {
					sent = append(sent, m.Text)
				}
			}
		}
		for _, body := range h.left() {
			i := slices.IndexFunc(sent, func(preview string) bool { return strings.Contains(preview, body+"\n") })
			if i < 0 || drafts[body] == "" {
				t.Fatalf("seed %d: %q reached the family and nobody sent it", seed, body)
			}
			sent = slices.Delete(sent, i, i+1)
		}
		if len(sent) > 0 {
			t.Fatalf("seed %d: %q was said to be sent and did not leave", seed, sent)
		}
	}
}
