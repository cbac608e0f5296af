package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"doudou/bot"
	"doudou/bot/alert"
	"doudou/bot/desk"
	"doudou/bot/sms"
	"doudou/locales"
)

// openWatch makes who tells staff of what waits, by the ways that have settings.
func (s *server) openWatch(context.Context) error {
	texts, err := locales.Desk()
	if err != nil {
		return err
	}
	carriers := map[bot.Way]alert.Carrier{}
	if s.config.smtpURL != "" && !s.config.mute {
		if carriers[bot.ByMail], err = alert.NewMailer(s.config.smtpURL, s.config.mailFrom); err != nil {
			return err
		}
	}
	if s.config.staffToken != "" && !s.config.mute {
		s.staffBot = alert.NewStaffBot(alert.StaffOptions{
			Token: s.config.staffToken, ServerURL: s.config.telegramServer, Links: s.store, Texts: texts, PublicURL: s.base(),
			Now: s.p.now, Draw: draw, Count: s.meter.count, Log: s.log,
		})
		carriers[bot.ByTelegram] = s.staffBot
		if err := s.openBridge(); err != nil {
			return err
		}
	}
	s.watch = alert.New(alert.Options{
		Store: s.store, Knowledge: s.content.knowledge, Texts: texts, Words: s.content.words, PublicURL: s.base(),
		Carriers: carriers, Steps: s.config.escalate, Pause: s.config.alertEvery, Zone: s.content.knowledge.Zone(),
		Now: s.p.now, Draw: draw, Count: s.meter.count, Log: s.log,
	})
	return nil
}

// openBridge makes who carries cases into forum groups, if there are some.
func (s *server) openBridge() error {
	if len(s.config.topics) == 0 {
		return nil
	}
	for team := range s.config.topics {
		if !slices.Contains(s.teams(), team) {
			return fmt.Errorf("DOUDOU_STAFF_TELEGRAM_TOPICS: there is no team %q; there are %s", team, strings.Join(s.teams(), ", "))
		}
	}
	s.bridge = alert.NewBridge(alert.BridgeOptions{
		Bot: s.staffBot, Store: s.store, Service: s.service, Groups: s.config.topics,
		Segments: func(text string) int { return sms.Measure(sms.Fit(text)).Segments },
	})
	return nil
}

// reach is by which ways messages to staff leave.
func (s *server) reach() desk.Reach {
	r := desk.Reach{Mail: s.config.smtpURL != "", Telegram: s.staffBot != nil}
	if s.staffBot != nil {
		r.BotName = s.staffBot.Name
	}
	return r
}

// alertState says how staff are told of what waits.
func (s *server) alertState() string {
	var ways []string
	if s.config.smtpURL != "" {
		ways = append(ways, "by e-mail")
	}
	if s.staffBot != nil {
		ways = append(ways, "on Telegram")
	}
	if s.bridge != nil {
		ways = append(ways, "cases in forum topics")
	}
	if len(ways) == 0 {
		return "off (DOUDOU_SMTP_URL, DOUDOU_STAFF_TELEGRAM_TOKEN open them)"
	}
	return strings.Join(ways, ", ")
}
