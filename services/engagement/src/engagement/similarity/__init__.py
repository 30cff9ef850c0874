"""Which titles resemble one another, in any language, among as many as there are; and what people do who are shown it.

A title is sketched by the least hashes of its trigrams (min-hashing): two titles share about as many of them as they
share trigrams, so that an index finds what is alike without reading every title.
"""
