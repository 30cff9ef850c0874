"""What the mediator says to Prometheus beside what it counts: its process, and whether its log is whole at its end."""
