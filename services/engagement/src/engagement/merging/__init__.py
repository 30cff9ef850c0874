"""Merging: officials put proposals that ask the same together into one of their own. The originals keep their pages,
and whoever supported one of them is asked whether her support goes along; it never does by itself."""
