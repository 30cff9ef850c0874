"""Keys: the Ed25519 keys with which this block signs revisions.

The first is made when something is signed for the first time and kept sealed; public halves are for everyone.
"""
