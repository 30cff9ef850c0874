"""Backup of a whole mesh at one instant, its restoration into an empty place, and the check that everything holds.

Why a restored mesh comes to rest by itself stands in ADR 0015.
"""
