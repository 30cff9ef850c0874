"""Signing in at the OpenID provider, and out."""
