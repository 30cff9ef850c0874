"""Translations of a plan: which texts lack which language, and writing them, also after the process is public."""
