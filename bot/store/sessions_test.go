package store_test

import (
	"testing"
	"time"

	"doudou/bot/bottest"
	"doudou/bot/store"
)

func redisSessions(t testing.TB) *store.RedisSessions {
	t.Helper()
	client, err := store.DialRedis(bottest.Redis(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return store.NewRedisSessions(client, time.Hour)
}
