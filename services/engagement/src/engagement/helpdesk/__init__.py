"""The help desk: questions about taking part, asked without signing in. A code opens the case again; nobody's address
is kept. Question and answer are sealed, and gone when the case is old.
"""
