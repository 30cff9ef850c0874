"""Pictures of proposals: at most three, each with words; encoded anew, so that nothing stays of what a camera noted."""
