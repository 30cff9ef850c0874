"""The criteria of a process for everybody; and their evaluators' assessments."""
