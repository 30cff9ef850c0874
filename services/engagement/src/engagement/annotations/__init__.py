"""Annotations: what people say about words, a block or the whole of a text, with answers to it.

An annotation belongs to the version that it was given on, for ever. Where it stands in a later version is said by an
anchor of its own (see `anchoring`)."""
