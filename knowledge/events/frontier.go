package events

// A place is a node and how far it is.
type place struct {
	node int32
	dist int64
}

// A frontier is a heap that gives the nearest node first; of two as near, the
// one that was made first, so that the same day gives the same plan.
type frontier []place

func (f frontier) less(i, j int) bool {
	return f[i].dist < f[j].dist || f[i].dist == f[j].dist && f[i].node < f[j].node
}

func (f *frontier) push(p place) {
	*f = append(*f, p)
	h := *f
	for i := len(h) - 1; i > 0 && h.less(i, (i-1)/2); i = (i - 1) / 2 {
		h[i], h[(i-1)/2] = h[(i-1)/2], h[i]
	}
}

func (f *frontier) pop() place {
	h := *f
	nearest, last := h[0], len(h)-1
	h[0] = h[last]
	h = h[:last]
	for i := 0; ; {
		child := 2*i + 1
		if child+1 < last && h.less(child+1, child) {
			child++
		}
		if child >= last || !h.less(child, i) {
			break
		}
		h[i], h[child] = h[child], h[i]
		i = child
	}
	*f = h
	return nearest
}
