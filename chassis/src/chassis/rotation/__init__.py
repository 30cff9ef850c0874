"""Exchanging keys in steps that no running process notices: *add* (known, not used), *promote* (used, the old one still
known), *retire* (the old one gone). Between two steps every process has read the file again."""
