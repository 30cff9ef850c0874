"""Channels: how a message leaves. A port with three adapters, all held to one test class.

`email` speaks SMTP, `console` writes a log line, `null` goes nowhere. Another provider is another file here.
"""
