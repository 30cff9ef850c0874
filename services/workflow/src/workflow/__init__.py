"""The workflow: what comes next in a process, and who must act."""
