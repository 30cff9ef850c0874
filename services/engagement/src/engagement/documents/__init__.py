"""Texts that are consulted on: brought in from a file, edited as a draft, published as versions that never change.

A text is a row of blocks. A block keeps its id from version to version while it stays the same block, whatever is done
to its words, its number or its place: annotations hold on to it.
"""
