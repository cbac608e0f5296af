package main

import (
	"crypto/rand"
	"encoding/binary"
)

// draw returns a random number above 0.
func draw() int64 {
	var b [8]byte
	rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return int64(binary.BigEndian.Uint64(b[:])>>1) | 1
}

// letters for ids that are said on the telephone: none looks or sounds like a figure.
const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"

// shortID returns an id such as K7-like words said aloud: four figures after a
// letter pair, "AB-2041"; 5.7 million of them.
func shortID() string {
	n := uint64(draw())
	id := []byte{letters[n%24], letters[n/24%24], '-'}
	n /= 24 * 24
	for range 4 {
		id = append(id, byte('0'+n%10))
		n /= 10
	}
	return string(id)
}
