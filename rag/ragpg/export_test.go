package ragpg

// SetPart makes the parts of imports to come n rows long.
func (k *Knowledge) SetPart(n int) { k.rows = n }
