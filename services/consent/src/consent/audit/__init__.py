"""Audit: what auditors read, and the check of every chain (GovStack's consent specification, 6.3)."""
