"""Digests: what happened around a person's ideas, told at most once a period and only if there is something.

Activity is counted by address reference and proposal as it happens. When the oldest that is untold is a period old, all
of that person's becomes one message, and the counts are gone in the same transaction.
"""
