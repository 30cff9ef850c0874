"""Consent records: one person's consent to one revision of an agreement, signed by this block.

The individual is the person of the call. Withdrawing adds a revision; nothing is overwritten and nothing is lost.
"""
