"""Imports: input of another system, entered by officials. What breaks a limit is kept, and each exception is listed."""
