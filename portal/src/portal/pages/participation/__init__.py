"""Joining a process: what is stored and why, then the form."""
