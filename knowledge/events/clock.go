package events

import (
	"fmt"
	"strconv"
	"strings"
)

// midnight is the end of the day, 24:00.
const midnight Clock = 24 * 60

// String writes a time of day as on a poster in the hall: "09:30".
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", c/60, c%60) }

// ParseClock reads a time of day: "09:30", "9:30", and as people write it in
// France "9h30" and "9h". "24:00" is the end of the day.
func ParseClock(text string) (Clock, error) {
	hours, minutes, ok := strings.Cut(strings.Replace(strings.ToLower(text), "h", ":", 1), ":")
	if ok && minutes == "" && !strings.Contains(text, ":") {
		minutes = "00"
	}
	h, okH := digits(hours, 1, 2)
	m, okM := digits(minutes, 2, 2)
	if c := Clock(60*h + m); ok && okH && okM && m < 60 && c <= midnight {
		return c, nil
	}
	return 0, fmt.Errorf("%q is not a time of day; write it as 09:30", text)
}

// digits reads a number written with least to most digits and nothing else.
func digits(text string, least, most int) (int, bool) {
	if len(text) < least || len(text) > most || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}
