package dialogs

// A tree is one dialog as its file says it, with every name resolved.
type tree struct {
	file, id, about, owner, review string

	line, ownerLine, reviewLine int

	intents []entry
	prompts []opening
	reads   []reading
	slots   []*slot
	slot    map[string]*slot
	nodes   []*node
	node    map[string]*node // by name, and by the names that they had (was)
	start   *node

	startName target
}

// An entry is where an intent enters a dialog, or what exactly is asked within it.
type entry struct {
	intent  string
	subject string // "" for the intent in general
	to      target
}

// id names the entry as its file does: "intent" or "intent/subject".
func (e entry) id() string {
	if e.subject == "" {
		return e.intent
	}
	return e.intent + "/" + e.subject
}

// A slot is a value to fill.
type slot struct {
	name     string
	line     int
	kind     Kind
	min, max int
	units    []string // of time, that an answer in figures may name
	of       []string // choices written in the tree
	list     string   // look-up that gives the choices
	private  bool     // declared so, or worked out from a private slot
	keep     bool     // stays with the contact when the dialog is left
	past     bool     // a date that is not after today
	future   bool     // a date that is not before today
	asked    bool     // a node asks for it
	heard    bool     // the message that enters the dialog may fill it
	labels   map[string]string
}

// An act is what a node does beside speaking.
type act string

// The acts, by the key that asks for them.
const (
	actNone     act = ""
	actAsk      act = "ask"
	actMenu     act = "menu"
	actLook     act = "do"
	actHandoff  act = "handoff"
	actRegister act = "register"
	actCancel   act = "cancel"
	actLanguage act = "language"
	actNote     act = "note"
	actSet      act = "set"
	actForget   act = "forget"
	actRecord   act = "record"
)

// A node is one step of a dialog.
type node struct {
	tree *tree
	name string
	line int
	act  act

	slotName string // ask, register, cancel, language
	slot     *slot
	menu     []option
	function string   // do, record
	with     []string // do, ask, record
	sets     []string // do, ask
	team     string   // handoff
	brief    []string
	urgent   bool
	notes    []note
	settings []setting // set
	count    string
	was      []string
	audience string // who comes here has said who they are: parent, childminder

	next  []branch
	skip  target
	fails target
	empty target
	full  target
	mine  target

	key, retry, item string   // catalog ids
	buttons          []Choice // of a menu, a yes or no, a choice written in the tree
	assured          []string // slots that are filled on every path to here
	entered          bool     // a dialog may begin here, with nothing filled
	prompted         *opening // or the service may open it, with these slots
	asks             *opening // it is the question of an opening, its node or behind a fork
}

// An option is a choice of a menu.
type option struct {
	id string
	to target
}

// A note keeps a slot beyond the dialog.
type note struct{ name, slot string }

// A setting fills a slot with a value that the tree says.
type setting struct{ slot, value string }

// A branch is a way on; the last one has no condition.
type branch struct {
	when *condition
	to   target
}

// A condition compares a slot with a value.
type condition struct {
	slot  string
	op    string
	value string
	kind  Kind
	line  int
}

// A target is where a path goes on.
type target struct {
	name string // as written
	line int
	to   destination
	node *node
}

// A destination says what kind of target it is.
type destination int

// The destinations. Nowhere is the target that is not written, or a question
// that waits.
const (
	nowhere destination = iota
	toNode
	toCall // another dialog, that may come back
	toEnd
	toBack
)

func (t target) written() bool { return t.name != "" }

// waits tells whether the family has the word at the node.
func (n *node) waits() bool { return n.act == actAsk || n.act == actMenu }

// speaks tells whether the node has a text.
func (n *node) speaks() bool {
	return n.act == actNone || n.act == actAsk || n.act == actMenu || n.act == actHandoff
}

// lists tells whether the choices of the node come from a look-up.
func (n *node) lists() bool { return n.act == actAsk && n.slot != nil && n.slot.list != "" }

// question returns the question of this name, or that was called so; nil when
// there is none.
func (t *tree) question(name string) *node {
	if t == nil {
		return nil
	}
	if n := t.node[name]; n != nil && n.waits() {
		return n
	}
	return nil
}

// choice returns the option of a menu with this id.
func (n *node) choice(id string) (option, bool) {
	for _, o := range n.menu {
		if o.id == id {
			return o, true
		}
	}
	return option{}, false
}
