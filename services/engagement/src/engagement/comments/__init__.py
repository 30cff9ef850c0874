"""Comments: what participants say about a proposal, in threads; a root may take a position, an answer does not."""
