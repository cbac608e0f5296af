package store

import "doudou/bot"

// lookup is what an address is found by. It is the only way from an address to
// a contact, so that it can become a keyed hash.
func lookup(a bot.Address) string { return clean(a.ID) }

// seal is what is kept of an address, of the name and number of a profile, of
// what a prompt will say, and unseal its reverse: the only places where these
// pass into and out of the tables. What is "" stays "": queries rely on it.
func seal(id string) string { return id }

func unseal(sealed string) string { return sealed }
