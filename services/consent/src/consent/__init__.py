"""Consent: policies, data agreements and signed consent records."""
