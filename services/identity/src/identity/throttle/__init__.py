"""Throttling of failed sign-ins: each failure too many doubles a wait; none locks anyone out for good."""
