package telegram

import (
	"bytes"
	"context"
	"net/http/httptest"
	"strconv"
	"sync/atomic"
	"testing"

	"doudou/bot"
	"doudou/bot/bottest"
)

func BenchmarkSend(b *testing.B) {
	s := bottest.Telegram(b)
	s.KeepCalls(false)
	c := channel(b, s, func(o *Options) { o.Rate, o.Burst, o.ChatRate, o.ChatBurst = 1e9, 1e9, 1e9, 1e9 })
	var n atomic.Int64
	b.SetParallelism(16)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			o := out("Votre reste à charge est de 123,45 € par mois.")
			o.To.ID = strconv.FormatInt(1000+n.Add(1)%5000, 10)
			o.Buttons = [][]bot.Button{{{Label: "Oui", Data: "1|a|b|yes"}, {Label: "Non", Data: "1|a|b|no"}}}
			if _, err := c.Send(context.Background(), o); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

func BenchmarkWebhook(b *testing.B) {
	s := bottest.Telegram(b)
	c := channel(b, s, nil)
	h := c.Handler()
	var n atomic.Int64
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			_, raw := s.Update(map[string]any{"update_id": n.Add(1), "message": bottest.TelegramText(501, "fr", "bonjour")["message"]})
			r := httptest.NewRequest("POST", "/telegram", bytes.NewReader(raw))
			r.Header.Set(secretHeader, c.Secret)
			w := httptest.NewRecorder()
			if h.ServeHTTP(w, r); w.Code != 200 {
				b.Error(w.Code)
				return
			}
		}
	})
}
