"""Consultation on a text: read it, comment on it, see what changed and what became of the comments."""
