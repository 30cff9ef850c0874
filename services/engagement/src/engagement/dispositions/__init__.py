"""Dispositions: what became of each annotation, why, and where in the text it is seen. Internal until they are
published together; then they are the table that an institution must show."""
