"""Moderation: anyone reports, a moderator acts by a rule and with a reason; the log of all acts is public and chained.

Nothing is deleted. What several people report is held, out of sight, until a moderator decides.
"""
