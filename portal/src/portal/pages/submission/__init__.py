"""Submitting an idea: title, similar ones, details, check, submit."""
