"""Amendments of an idea: proposed by anybody who takes part, decided by the idea's author."""
