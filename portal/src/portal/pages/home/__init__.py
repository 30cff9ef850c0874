"""The first page: what is open, what was decided, how it works; and the choice of language."""
