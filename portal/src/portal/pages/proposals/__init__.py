"""Proposals, shown as ideas: the list, the single page, support."""
