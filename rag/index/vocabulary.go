package index

import "storebot/rag/lexical"

// A vocabulary numbers the terms that a shop's texts have. It is an open
// addressing table: term hashes are uniform already, and it takes a third of
// the memory of a map.
type vocabulary struct {
	slots []slot
	mask  uint32
	kinds []lexical.Kind
}

type slot struct {
	hash uint32
	id   int32 // 1 + the term's number; 0: free
}

func (v *vocabulary) len() int { return len(v.kinds) }

// find returns the number of a term, or -1.
func (v *vocabulary) find(hash uint32) int32 {
	if len(v.slots) == 0 {
		return -1
	}
	for i := hash & v.mask; ; i = (i + 1) & v.mask {
		switch s := v.slots[i]; {
		case s.id == 0:
			return -1
		case s.hash == hash:
			return s.id - 1
		}
	}
}

// add returns the number of a term, giving it the next one if it is new.
func (v *vocabulary) add(term lexical.Term) int32 {
	if 3*len(v.kinds) >= 2*len(v.slots) {
		v.grow()
	}
	for i := term.Hash & v.mask; ; i = (i + 1) & v.mask {
		switch s := v.slots[i]; {
		case s.id == 0:
			v.kinds = append(v.kinds, term.Kind)
			v.slots[i] = slot{term.Hash, int32(len(v.kinds))}
			return int32(len(v.kinds)) - 1
		case s.hash == term.Hash:
			return s.id - 1
		}
	}
}

func (v *vocabulary) grow() {
	old := v.slots
	v.slots = make([]slot, max(1024, 2*len(old)))
	v.mask = uint32(len(v.slots) - 1)
	for _, s := range old {
		if s.id == 0 {
			continue
		}
		i := s.hash & v.mask
		for v.slots[i].id != 0 {
			i = (i + 1) & v.mask
		}
		v.slots[i] = s
	}
}
