"""Phases: how the scheduler follows participation processes. A process is an entity, a phase a slot with two alerts.

Facts of one process come in order, but a fact may come late by way of the dead letters: an older one moves nothing.
"""
