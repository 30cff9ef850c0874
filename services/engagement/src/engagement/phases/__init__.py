"""Phases of a process: spans of time with a purpose, in each of which some kinds of contribution are taken."""
