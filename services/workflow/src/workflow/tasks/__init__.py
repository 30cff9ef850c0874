"""Tasks: what someone is asked to do. Those of the engagement lifecycle are done by facts of the engagement block."""
