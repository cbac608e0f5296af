package desk

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"
	"github.com/pquerna/otp/totp"
)

// A code of the telephone holds for a step of time. The step before is accepted
// too, for who types slowly; the store sees to it that none serves twice.
const (
	codeStep      = 30 * time.Second
	recoveryCodes = 10
	recoveryRunes = 16 // 80 bits: nobody tries them out, even with the hashes at hand
)

// secretBytes is how long a secret is: what the hash of the codes takes.
const secretBytes = 20

// newSecret draws the secret that a telephone will share.
func newSecret() string {
	var b [secretBytes]byte
	rand.Read(b[:]) // never fails
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])
}

// isSecret tells whether a text could be one that newSecret drew.
func isSecret(s string) bool {
	b, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(s)
	return err == nil && len(b) == secretBytes
}

// stepOf returns the step of time that a code belongs to, this one or the one
// before; ok is false when it is no code of the secret.
func stepOf(secret, code string, now time.Time) (step int64, ok bool) {
	this := now.Unix() / int64(codeStep/time.Second)
	for _, s := range []int64{this, this - 1} {
		want, err := totp.GenerateCode(secret, time.Unix(s*int64(codeStep/time.Second), 0))
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return s, true
		}
	}
	return 0, false
}

// newRecovery draws recovery codes, as they are shown and as they are kept.
func newRecovery(login string) (shown, hashes []string) {
	for range recoveryCodes {
		code := strings.ToLower(rand.Text()[:recoveryRunes])
		shown = append(shown, code[:4]+"-"+code[4:8]+"-"+code[8:12]+"-"+code[12:])
		hashes = append(hashes, recoveryHash(login, code))
	}
	return shown, hashes
}

// recoveryHash is the form in which a recovery code is kept.
func recoveryHash(login, code string) string {
	sum := sha256.Sum256([]byte("recovery of " + login + " " + code))
	return hex.EncodeToString(sum[:])
}

// plainCode is a code as it was drawn: people type spaces, dashes and capitals.
func plainCode(typed string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "-", "", "\u00a0", "", "\t", "").Replace(typed))
}

// A square is a QR code, to be drawn as one path.
type square struct {
	Size int
	Path string
}

// Box is the size with the white border that readers need.
func (s square) Box() int { return s.Size + 8 }

// qrOf draws the QR code by which a telephone takes a secret over.
func qrOf(login, secret string) (square, error) {
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		return square{}, fmt.Errorf("read a secret: %w", err)
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "Doudou", AccountName: login, Secret: raw})
	if err != nil {
		return square{}, fmt.Errorf("name a secret: %w", err)
	}
	code, err := qr.Encode(key.URL(), qr.M, qr.Auto)
	if err != nil {
		return square{}, fmt.Errorf("draw a QR code: %w", err)
	}
	var path strings.Builder
	size := code.Bounds().Dx()
	for y := range size {
		for x := range size {
			if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	return square{size, path.String()}, nil
}
