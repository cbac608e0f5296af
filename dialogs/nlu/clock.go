package nlu

import (
	"strconv"
	"strings"
)

// clock finds the one time of day: "9h", "9h30", "14:30", "9 heures", "2 pm".
func clock(in []string) (hour, minute int, ok bool) {
	for i, w := range in {
		h, m, isTime := hourAt(in, i)
		if !isTime || h > 23 || m > 59 {
			continue
		}
		if ok && w != "" {
			return 0, 0, false
		}
		hour, minute, ok = h, m, true
	}
	return hour, minute, ok
}

// hourAt reads the time that begins at in[i].
func hourAt(in []string, i int) (hour, minute int, ok bool) {
	if before, after, found := strings.Cut(in[i], ":"); found {
		h, err1 := strconv.Atoi(before)
		m, err2 := strconv.Atoi(after)
		return h, m, err1 == nil && err2 == nil
	}
	h, err := strconv.Atoi(in[i])
	if err != nil || len(in[i]) > 2 || i+1 >= len(in) {
		return 0, 0, false
	}
	switch in[i+1] {
	case "h", "heure", "heures", "hs", "horas", "ore", "am":
		if i+2 < len(in) && allFigures(in[i+2]) && len(in[i+2]) == 2 {
			minute, _ = strconv.Atoi(in[i+2])
		}
		return h, minute, true
	case "pm":
		return h%12 + 12, 0, true
	}
	return 0, 0, false
}
