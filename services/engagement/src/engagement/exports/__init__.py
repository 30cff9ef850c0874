"""Exports: what was contributed, as files.

Tools bring the data sets; here they become CSV, JSON Lines and XLSX, in a public variant with pseudonyms and one for
officials, with a data dictionary.
"""
