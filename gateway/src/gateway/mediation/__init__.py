"""The call path: identify, may, log, forward, log, reply. Carries every message between members."""
