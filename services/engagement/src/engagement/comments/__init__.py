"""Comments: what participants say about a proposal, in threads; a root may take a position, an answer does not.

An official answer stands above the others. Readers may find a comment helpful, which orders comments and counts for
nothing else.
"""
