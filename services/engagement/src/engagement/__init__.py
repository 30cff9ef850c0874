"""Engagement: participation processes from the strategy to the answers."""
