"""Exchanging the mediator's signing keys in steps that nobody notices: *add* (known, not used), *promote* (used, the
old one still known), *retire* (the old one ends). Between two steps every replica is started again."""
