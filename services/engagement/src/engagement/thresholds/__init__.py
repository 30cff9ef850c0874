"""Thresholds: support at which a proposal must be answered. What was reached is told once, and stays reached."""
