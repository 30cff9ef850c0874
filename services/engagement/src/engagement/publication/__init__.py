"""The publication record of a process: what was public from when on. Entries are chained and never change; the database
refuses it too.
"""
