"""Officials check the input, seal it, decide with reasons and publish all answers."""
