"""Moderation: anyone reports, a moderator hides or restores by a rule and with a reason; the log of it is public."""
