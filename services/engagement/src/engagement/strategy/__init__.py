"""What officials decide before anyone is asked: the participation strategy, and the checklist that it must fill."""
