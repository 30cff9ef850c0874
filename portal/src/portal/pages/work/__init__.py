"""The officials' work: what waits today, and the cockpit of each process."""
