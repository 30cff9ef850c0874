"""Counts that pages show, folded from the block's own events in batches: writers never meet on a shared row.

They are at most a second behind. Thresholds, seals and results count the rows themselves.
"""
