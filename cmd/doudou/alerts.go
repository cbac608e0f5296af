package main

import (
	"context"

	"doudou/bot"
	"doudou/bot/alert"
	"doudou/bot/desk"
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
	s.watch = alert.New(alert.Options{
		Store: s.store, Knowledge: s.content.knowledge, Texts: texts, Words: s.content.words, PublicURL: s.base(),
		Carriers: carriers, Steps: s.config.escalate, Pause: s.config.alertEvery, Zone: s.content.knowledge.Zone(),
		Now: s.p.now, Draw: draw, Count: s.meter.count, Log: s.log,
	})
	return nil
}

// reach is by which ways messages to staff leave.
func (s *server) reach() desk.Reach { return desk.Reach{Mail: s.config.smtpURL != ""} }

// alertState says how staff are told of what waits.
func (s *server) alertState() string {
	if s.config.smtpURL == "" {
		return "off (DOUDOU_SMTP_URL and DOUDOU_MAIL_FROM open e-mail to staff)"
	}
	return "by e-mail"
}
