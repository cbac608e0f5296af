package store

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// DialRedis returns a client for a URL; it connects when it is first used.
//
//	redis://[user:password@]host:6379[/db]               one server (rediss:// with TLS)
//	redis://[user:password@]host1:6379,host2:6379        a Cluster
//	redis+sentinel://[user:password@]host1:26379,host2:26379/master[/db]   Sentinel (rediss+sentinel:// with TLS)
//
// The options that redis.ParseURL knows may follow as a query. No error quotes
// the URL, which may hold a password.
func DialRedis(address string) (redis.UniversalClient, error) {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return nil, errRedisURL
	}
	scheme, sentinel := strings.CutSuffix(scheme, "+sentinel")
	if scheme == "unix" {
		return single(address)
	}
	rest, query, _ := strings.Cut(rest, "?")
	host, path, _ := strings.Cut(rest, "/")
	user := ""
	if at := strings.LastIndex(host, "@"); at >= 0 {
		user, host = host[:at+1], host[at+1:]
	}
	hosts := strings.Split(host, ",")
	master := ""
	if sentinel {
		master, path, _ = strings.Cut(path, "/")
		if master == "" {
			return nil, fmt.Errorf("%w: the name of the Sentinel master is missing", errRedisURL)
		}
	}
	one, err := redis.ParseURL((scheme + "://" + user + hosts[0] + "/" + path + "?" + query))
	if err != nil {
		return nil, errRedisURL
	}
	return redis.NewUniversalClient(universal(one, hosts, master)), nil
}

var errRedisURL = errors.New("the Redis URL cannot be read: it should look like redis://:password@host:6379/0")

func single(address string) (redis.UniversalClient, error) {
	o, err := redis.ParseURL(address)
	if err != nil {
		return nil, errRedisURL
	}
	return redis.NewUniversalClient(universal(o, []string{o.Addr}, "")), nil
}

// universal spreads the options of one server over all of them. A turn does not
// wait for a slow Redis: timeouts are short and nothing is repeated.
func universal(o *redis.Options, hosts []string, master string) *redis.UniversalOptions {
	port := "6379"
	if master != "" {
		port = "26379"
	}
	for i, h := range hosts {
		if u, err := url.Parse("//" + h); err == nil && u.Port() == "" && o.Network != "unix" {
			hosts[i] = h + ":" + port
		}
	}
	u := &redis.UniversalOptions{
		Addrs: hosts, MasterName: master, DB: o.DB, Username: o.Username, Password: o.Password, TLSConfig: o.TLSConfig,
		Protocol: o.Protocol, PoolSize: o.PoolSize, ClientName: o.ClientName, MinIdleConns: o.MinIdleConns,
		DialTimeout: 500 * time.Millisecond, ReadTimeout: redisTimeout, WriteTimeout: redisTimeout, MaxRetries: -1, DialerRetries: 1,
		ContextTimeoutEnabled: true,
	}
	return u
}
