"""The engagement block, one module a slice of its contract."""
