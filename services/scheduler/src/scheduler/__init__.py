"""The scheduler: entities that host events, events in time, and alerts that fire exactly once."""
