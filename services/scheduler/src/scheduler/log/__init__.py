"""The log: what was added, changed, removed and fired. Rows are added and never altered."""
