"""The journal: one row for each change, with who, what, when and from where. Rows are chained and never change.

GovStack's consent specification asks for it in 5.1.2, 6.1-8 and 6.2-4.
"""
