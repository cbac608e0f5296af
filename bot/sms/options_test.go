package sms

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"doudou/bot/bottest"
)

func TestValidate(t *testing.T) {
	if err := settings("https://doudou.example").Validate(); err != nil {
		t.Error(err)
	}
	for name, k := range map[string]struct {
		change func(*Options)
		says   string
	}{
		"account":    {func(o *Options) { o.AccountSid = "AC1" }, "Account SID"},
		"capitals":   {func(o *Options) { o.AccountSid = strings.ToUpper(o.AccountSid[:33]) + "F" }, "Account SID"},
		"token":      {func(o *Options) { o.AuthToken = "" }, "Auth Token"},
		"odd token":  {func(o *Options) { o.AuthToken = "0123456789_abcdef0123456789" }, "letters and digits"},
		"no sender":  {func(o *Options) { o.Senders = nil }, "at least one sender"},
		"twice":      {func(o *Options) { o.Senders = []string{"38123", "38123"} }, "twice"},
		"service":    {func(o *Options) { o.MessagingService = "MG1" }, "Messaging Service"},
		"public":     {func(o *Options) { o.PublicURL = "" }, "whole address"},
		"host only":  {func(o *Options) { o.PublicURL = "doudou.example" }, "whole address"},
		"in clear":   {func(o *Options) { o.PublicURL = "http://doudou.example" }, "https://"},
		"fragment":   {func(o *Options) { o.PublicURL = "https://doudou.example/#rc=5" }, "? or #"},
		"query":      {func(o *Options) { o.PublicURL = "https://doudou.example/?" }, "? or #"},
		"password":   {func(o *Options) { o.PublicURL = "https://me:too@doudou.example" }, "password"},
		"underscore": {func(o *Options) { o.PublicURL = "https://doudou_1.example" }, "underscore"},
		"server":     {func(o *Options) { o.ServerURL = "http://api.twilio.com" }, "https://"},
		"rate":       {func(o *Options) { o.Rate = -1 }, "rate"},
	} {
		o := settings("https://doudou.example")
		k.change(&o)
		err := o.Validate()
		if err == nil || !strings.Contains(err.Error(), k.says) || strings.Count(err.Error(), "\n") > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := (Options{}).Validate(); strings.Count(err.Error(), "\n") != 3 {
		t.Errorf("not one line each: %v", err)
	}
}

func TestSenders(t *testing.T) {
	for sender, refused := range map[string]string{
		"38123": "", "+33939000001": "", "+33973000001": "", "+447700900001": "", "Epinay RPE": "", "RPE-93": "", "36": "neither",
		"+33612345678": "French mobile", "+33712345678": "French mobile", "0612345678": "French mobile", "07 12 34 56 78": "French mobile",
		"06.12.34.56.78": "French mobile", "33612345678": "French mobile", "0033612345678": "French mobile", "+330612345678": "French mobile",
		"+33 6 12 34 56 78": "French mobile", "+33(0)612345678": "French mobile", "0692123456": "French mobile", "+262692123456": "French mobile", "+596696123456": "French mobile",
		"": "neither", "0939000001": "neither", "33939000001": "neither", "Ville d'Epinay": "neither", "DoudouRelais93": "neither", " RPE": "neither", "+0": "neither",
		"123456789": "neither", "--": "neither",
	} {
		err := checkSender(sender)
		if (err == nil) != (refused == "") || err != nil && !strings.Contains(err.Error(), refused) {
			t.Errorf("%q: %v", sender, err)
		}
	}
}

func TestOptionsHideTheToken(t *testing.T) {
	o := settings("https://doudou.example")
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("settings", "sms", o)
	for _, said := range []string{fmt.Sprint(o), fmt.Sprintf("%+v %#v %v %v", o, o, &o, channel(t, o)), log.String()} {
		if strings.Contains(said, bottest.TwilioToken) {
			t.Error(said)
		}
	}
	o.AuthToken = "wrong_token"
	if err := o.Validate(); strings.Contains(err.Error(), "wrong_token") {
		t.Error(err)
	}
}
