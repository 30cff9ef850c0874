"""Registry: digital registries, entries by schema, with a log of who read what."""
