package dialogs

import "testing"

func TestDefault(t *testing.T) {
	b, p := Default()
	for _, x := range p {
		t.Error(x)
	}
	if b != nil {
		t.Log(b.Dialogs(), b.Intents())
	}
}
