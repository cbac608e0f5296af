package dialogs

// The dialogs that the engine knows by name.
const (
	dialogWelcome  = "welcome"
	dialogMenu     = "menu"
	dialogPerson   = "person"
	dialogLanguage = "language"
	dialogForget   = "forget"
	dialogSafety   = "safety"
)

// The dialog that a shared location opens, if there is one, and the slot that
// it fills.
const (
	dialogNear = "near"
	slotWhere  = "where"
)

// personOffer asks whether a person should call, when the machine is stuck.
const personOffer = dialogPerson + ".offer"

// The texts that the engine speaks by itself.
const (
	textGreeting  = "global.greeting"
	textChoose    = "global.choose"
	textLost      = "global.lost"
	textLostAgain = "global.lost_again"
	textResume    = "global.resume"
	textRetry     = "global.retry"
	textApology   = "global.apology"
	textHelp      = "global.help"
	textNothing   = "global.nothing_before"
	textOldButton = "global.old_button"
	textFailed    = "global.failed"
	textHuman     = "global.human"
	textMenu      = "global.menu"
)

// The questions that stand in no tree: "do you mean..." and the way out of
// being lost.
const (
	dialogGlobal = "global"
	nodeChoose   = "choose"
	nodeLost     = "lost"
	choiceHuman  = "human"
	choiceMenu   = "menu"
)

// The engine's limits. The linter proves that a sound tree never reaches them;
// they hold whatever a session or a tree says.
const (
	maxCrossed  = 50 // nodes crossed in a turn
	maxChoices  = 9  // an SMS is answered with one digit
	maxStack    = 8  // dialogs to come back to
	maxTrail    = 40 // questions that RETOUR remembers
	maxRetries  = 2  // answers not understood before a person is offered
	maxOffer    = 3  // intents proposed
	offerRepeat = 3  // the same answer as often: a person is offered
	muteRepeat  = 6  // and from then on, silence: two machines may be talking
)

// EngineKeys returns the ids of all texts that the engine speaks by itself;
// every language must have them.
func EngineKeys() []string {
	return []string{
		textGreeting, textChoose, textLost, textLostAgain, textResume, textRetry, textApology,
		textHelp, textNothing, textOldButton, textFailed, textHuman, textMenu,
	}
}

// engineNodes returns the places that the engine goes to by itself.
func engineNodes() []string {
	return []string{
		dialogWelcome, dialogMenu, dialogPerson, dialogLanguage, dialogForget, dialogSafety, personOffer,
		"safety.danger", "safety.medical", "safety.violence", "safety.despair", "safety.baby",
		"safety.exhausted",
	}
}

// known tells whether the engine knows a dialog by name: such a dialog says
// nothing about what a family came for.
func known(dialog string) bool {
	switch dialog {
	case dialogWelcome, dialogMenu, dialogPerson, dialogLanguage, dialogForget, dialogSafety:
		return true
	}
	return false
}
