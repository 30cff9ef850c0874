"""Participation processes: the strategy that must be complete, four eyes on it, and phases that open and close."""
