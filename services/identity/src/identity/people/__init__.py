"""People: accounts with a login, a password and roles. The login is kept as a keyed digest alone: identity cannot tell
anyone's address, not even to itself.
"""
