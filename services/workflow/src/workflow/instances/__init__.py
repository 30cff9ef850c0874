"""Instances: definitions that run. Each step is one transaction and one row of history.

The state of an instance is what its history leads to.
"""
