"""Tokens: OAuth 2.0 and OpenID Connect. Authlib's server classes know the protocol; `engine.py` joins them to our
clients, accounts, keys and transaction.
"""
