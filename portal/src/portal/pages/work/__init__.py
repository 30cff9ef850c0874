"""The officials' work: approve, check, seal, decide, publish."""
