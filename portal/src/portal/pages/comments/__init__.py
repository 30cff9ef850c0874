"""Comments, answers to them, and reports of what breaks a rule."""
