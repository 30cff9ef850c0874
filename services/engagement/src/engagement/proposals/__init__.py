"""Proposals: what participants (and, for meetings and paper, officials) put forward, and the support for it.

A draft is its author's alone; a submitted proposal is public at once. An endorsement is one participant's support.
"""
