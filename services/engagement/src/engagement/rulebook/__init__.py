"""The rules of moderation: what a contribution may break, and the thresholds of a process, in its moderators' sight."""
