"""Messaging: reaching people by e-mail, each once, without keeping where they live or what they read."""
