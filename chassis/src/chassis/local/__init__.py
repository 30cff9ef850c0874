"""Real PostgreSQL and Apache Kafka on one machine, without Docker: for tests, and for a mesh that one person starts.

Each is found by a ladder: an address in the environment, a container where Docker answers, programs of this machine.
"""
