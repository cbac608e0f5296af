package sms

// septets returns how many places of the GSM 03.38 alphabet a sign takes: 1, 2
// for those of the extension table, 0 when it is not in the alphabet.
func septets(r rune) int {
	if r < 0x80 {
		return asciiSeptets(r)
	}
	switch r {
	case '£', '¥', 'è', 'é', 'ù', 'ì', 'ò', 'Ç', 'Ø', 'ø', 'Å', 'å', 'Æ', 'æ', 'ß', 'É', '¤', '¡',
		'Ä', 'Ö', 'Ñ', 'Ü', '§', '¿', 'ä', 'ö', 'ñ', 'ü', 'à',
		'Γ', 'Δ', 'Θ', 'Λ', 'Ξ', 'Π', 'Σ', 'Φ', 'Ψ', 'Ω':
		return 1
	case '€':
		return 2
	}
	return 0
}

func asciiSeptets(r rune) int {
	switch {
	case r >= 'a' && r <= 'z', r >= ' ' && r <= 'Z', r == '\n', r == '\r', r == '_':
		return 1
	case r >= '[' && r <= '^', r >= '{' && r <= '~', r == '\f':
		return 2
	}
	return 0 // the other control characters, the backtick
}
