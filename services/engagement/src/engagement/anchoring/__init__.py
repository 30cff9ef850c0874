"""Carrying annotations over from a published version to the next, so that none vanishes and none lands on words that it
was not about. What has no clear place is an orphan, shown beside the text that took its place."""
