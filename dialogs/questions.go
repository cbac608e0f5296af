package dialogs

// leastGuide is how many questions make a path rather than a question.
const leastGuide = 3

// Questions returns the questions of the guided paths, those of three questions
// and more, as dialog.node in the order of the trees: the steps at which a
// family may give up.
func (b *Book) Questions() []string {
	var all []string
	for _, t := range b.trees {
		var list []string
		for _, n := range t.nodes {
			if n.act == actAsk {
				list = append(list, n.key)
			}
		}
		if len(list) >= leastGuide {
			all = append(all, list...)
		}
	}
	return all
}
