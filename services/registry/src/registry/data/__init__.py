"""Data: the entries of registries.

An entry is amended, never edited in place: every state is a version that stays. Fields with personal data are sealed
at rest; whoever reads them leaves a row in the access log, in the transaction that gives the answer.
"""
