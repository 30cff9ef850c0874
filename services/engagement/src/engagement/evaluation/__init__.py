"""Evaluation: officials verify the input after the last phase, seal it, decide with reasons, publish all answers."""
