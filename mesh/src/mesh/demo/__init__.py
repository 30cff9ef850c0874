"""A whole process, driven through the mediator as its people would: officials, participants, the scheduler's clock."""

from mesh.demo.command import run, seed

__all__ = ["run", "seed"]
