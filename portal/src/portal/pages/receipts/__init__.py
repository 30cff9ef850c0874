"""Receipts: what became of a contribution."""
