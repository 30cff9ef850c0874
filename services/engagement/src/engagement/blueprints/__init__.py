"""Blueprints: plans to begin a process from. Three come with the block (`shipped.yaml`); officials save more."""
