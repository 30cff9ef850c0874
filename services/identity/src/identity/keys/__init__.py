"""Signing keys: made on the first start, sealed at rest, published as a JWKS, exchanged with overlap."""
