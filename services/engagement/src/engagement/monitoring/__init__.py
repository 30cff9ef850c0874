"""Monitoring: how much was contributed, by how many, over which channels, and what is done about it.

Running figures are kept up as contributions come and change; each KPI is one formula over them.
"""
