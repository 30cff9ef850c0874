"""Alerts (GovStack's alert schedules): an instant of a slot at which something is told, once."""
