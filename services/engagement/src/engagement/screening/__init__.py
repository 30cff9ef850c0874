"""Screening: filters look at what was published and tell moderators what strikes them; they decide nothing for good."""
