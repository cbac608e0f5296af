package bot

// Relais is what the store keeps for what the relais starts by itself.
type Relais interface {
	PromptStore
	SeatStore
	MeetingStore
}
