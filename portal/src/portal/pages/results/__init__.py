"""The results of a process: figures, decisions with reasons, what happens next."""
