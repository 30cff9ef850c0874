"""Triggers: facts of the engagement block that move an instance.

One that comes before the instance waits for it is kept and applied in its turn; one that comes twice counts once.
"""
