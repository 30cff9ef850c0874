"""Receipts and the process log: each contribution is a leaf from the first day, and its receipt finds it again."""
