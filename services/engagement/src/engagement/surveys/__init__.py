"""Surveys: what officials ask in a process. A draft changes freely; publication freezes its structure, after which only
texts are put right, each time as a revision that is kept for ever. What people answer is the slice `responses`."""
