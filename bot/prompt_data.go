package bot

import (
	"encoding/json"
	"fmt"

	"doudou/dialogs"
)

// promptData is the form in which a prompt stands in the inbox.
type promptData struct {
	Node  string            `json:"node"`
	Slots map[string]string `json:"slots,omitempty"`
}

// Data returns what a message of kind Started carries: the node that the prompt
// opens, with its values.
func (p Prompt) Data() string {
	data, err := json.Marshal(promptData{p.Node, p.Slots})
	if err != nil {
		panic(err) // strings always make JSON
	}
	return string(data)
}

// ParsePrompt reads the Data of a message of kind Started: Node and Slots are
// filled.
func ParsePrompt(data string) (Prompt, error) {
	var d promptData
	if err := json.Unmarshal([]byte(data), &d); err != nil {
		return Prompt{}, fmt.Errorf("read what the relais starts: %w", err)
	}
	return Prompt{Node: d.Node, Slots: d.Slots}, nil
}

// entry is where the dialog begins for a prompt.
func (p Prompt) entry() *dialogs.Entry { return &dialogs.Entry{Node: p.Node, Slots: p.Slots} }
