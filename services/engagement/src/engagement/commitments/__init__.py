"""Commitments: what an institution promised after a process, how far it is, and the way of a proposal up to that."""
