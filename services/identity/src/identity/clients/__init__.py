"""Clients: the applications of the mesh and others that sign people in. A secret is shown once and kept as a digest."""
