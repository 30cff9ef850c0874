"""Faults: what the mesh promises while processes die, brokers go away, disks fill and clocks jump."""
