"""My data: what this block knows of a person, given back to her, and taken away when she asks.

Leaving a process cuts everything that leads from her contributions to her; what was counted stays counted. Erasing also
takes the words out; the leaf in the process log stays, its salt is shredded, so that nobody can prove what was said.
"""
