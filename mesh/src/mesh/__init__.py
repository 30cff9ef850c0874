"""The whole house on one machine: starts it, watches it, shows its health, drives it with data."""
