"""Readers of the formats in which a text comes in: from a file to the pieces of it, in reading order."""
