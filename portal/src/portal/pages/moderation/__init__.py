"""Hiding and restoring, and the public log of both."""
