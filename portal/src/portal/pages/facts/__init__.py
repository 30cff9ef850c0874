"""The facts of a process with their sources, rumours with answers, and context beside contributions."""
