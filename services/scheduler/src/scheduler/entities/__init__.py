"""Entities: the organisations that host events. A participation process is one, so that its phases have a host."""
