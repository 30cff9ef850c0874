"""Participants: people who joined a process under its data agreement.

Joining is engagement's action. Consent record and registry entry follow as idempotent jobs; contact data passes through
sealed, to the registry alone, and is gone from here once the registry has it.
"""
