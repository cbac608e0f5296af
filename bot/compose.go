package bot

import (
	"context"
	"fmt"
	"strings"

	"doudou/dialogs"
)

// Compose returns what a prompt would say to somebody who has talked to Doudou
// before, as they would read it on a channel: its text, and its choices below
// it. Nothing is sent and nothing is kept.
func (s *Service) Compose(ctx context.Context, lang string, ch Channel, node string, slots map[string]string) (string, error) {
	p := Prompt{Node: node, Slots: slots}
	w := Work{
		Message: Message{Channel: ch, Kind: Started, Data: p.Data()},
		Contact: Contact{Lang: lang, Address: Address{Channel: ch}},
	}
	played := Played{Turn: s.turn(w), Session: Session{Dialog: dialogs.Session{Greeted: true}}}
	if err := s.prompted(ctx, w, &played); err != nil {
		return "", fmt.Errorf("compose %s in %s: %w", node, lang, err)
	}
	var parts []string
	for _, o := range played.Turn.Out {
		parts = append(parts, o.Body)
		for _, row := range o.Buttons {
			parts = append(parts, rowText(row))
		}
	}
	return strings.Join(parts, "\n"), nil
}

// rowText writes a row of buttons.
func rowText(row []Button) string {
	var labels []string
	for _, b := range row {
		labels = append(labels, "["+b.Label+"]")
	}
	return strings.Join(labels, " ")
}
