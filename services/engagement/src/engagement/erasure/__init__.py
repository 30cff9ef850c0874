"""Erasure: how the words are taken out of proposals and comments.

A dash takes their place, so that threads and lists keep their shape; what was counted stays counted.
"""
