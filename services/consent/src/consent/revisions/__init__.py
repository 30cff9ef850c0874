"""Revisions: every state that a policy, an agreement or a consent record ever had.

A revision is canonical JSON, hashed, chained to the one before and signed by this block. It is written once and never
changed; what an object says now is what its latest revision says (GovStack's consent specification, 6.1-5).
"""
