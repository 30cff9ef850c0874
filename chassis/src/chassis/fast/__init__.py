"""A lane before connexion's own way: addresses found in a tree, checks compiled once, one hop to a thread.

The lane takes what it understands whole and finds in order. Everything else (a form, an unknown address or method, a
parameter in another style, a body out of form) goes connexion's way, which alone words refusals: the lane can be
slower than it might, but it cannot refuse otherwise. It may never accept what connexion would not.
"""
