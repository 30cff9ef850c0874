"""Accounts of the institution's people, for its administrators."""
