"""Databases: registries and their versions. A version has a schema; it is drafted, then published, then never changes.

Versions before a new one stay usable (GovStack's registries specification, DRS-1 and DRS-4).
"""
