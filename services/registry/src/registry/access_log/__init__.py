"""The access log: one row for each read and change of entries, written in the same transaction, chained, never changed.

The person whom an entry is about sees who read it (GovStack's registries specification, DRS-7, DRS-8, DRS-35).
"""
