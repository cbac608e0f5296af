package nlu

// vectors are messages to train on. What a message holds of a row is the same in
// all messages but for one factor for each block and each number of times: the
// rows of a message are kept in runs of one factor.
type vectors struct {
	rows   []int32
	runs   []run
	ends   []int     // by message: where its runs end
	square []float32 // by row: what a run with the factor one holds of it, squared
}

// A run is rows that a message holds alike.
type run struct {
	end    int32 // in rows
	factor float32
}

// newVectors makes room for messages of a machine.
func newVectors(m *machine, t *twins, messages int) *vectors {
	x := &vectors{rows: make([]int32, 0, t.cells()), ends: make([]int, 0, messages), square: make([]float32, len(m.idf))}
	for row, n := range t.sizes {
		x.square[row] = m.idf[row] * m.idf[row] * float32(n)
	}
	return x
}

// add appends a message. Twins are added as one.
func (x *vectors) add(seen []sighting, m *machine, t *twins) {
	from := len(x.rows)
	var at [int(blocks)*mostTimes + 1]int // by block and times: where its run begins
	for _, s := range seen {
		if row := t.rows[s.id]; t.leads[row] == s.id {
			at[m.kindOf(row, s)+1]++
		}
	}
	for kind := range at[1:] {
		at[kind+1] += at[kind]
	}
	x.rows = x.rows[:from+at[len(at)-1]]
	for _, s := range seen {
		if row := t.rows[s.id]; t.leads[row] == s.id {
			kind := m.kindOf(row, s)
			x.rows[from+at[kind]] = row
			at[kind]++ // where its run ends, when all is done
		}
	}
	x.addRuns(from, at[:len(at)-1], m.factors(seen))
}

// kindOf tells the run that a row belongs to.
func (m *machine) kindOf(row int32, s sighting) int {
	return int(m.blocks[row])*mostTimes + int(s.times) - 1
}

func (x *vectors) addRuns(from int, ends []int, factors [blocks]float32) {
	begin := 0
	for kind, end := range ends {
		if end > begin {
			x.runs = append(x.runs, run{int32(from + end), factors[kind/mostTimes] * worths[kind%mostTimes]})
			begin = end
		}
	}
	x.ends = append(x.ends, len(x.runs))
}

// at returns the runs of a message, and where its rows begin.
func (x *vectors) at(i int) (from int32, runs []run) {
	if i == 0 {
		return 0, x.runs[:x.ends[0]]
	}
	first := x.ends[i-1]
	return x.runs[first-1].end, x.runs[first:x.ends[i]]
}
