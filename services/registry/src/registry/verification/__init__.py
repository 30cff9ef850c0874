"""Verification: the log's chain recomputed, and entries held against what the log says of them."""
