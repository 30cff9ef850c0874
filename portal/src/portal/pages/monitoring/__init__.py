"""Participation in a process, for everybody; officials see small parts and alerts beside."""
