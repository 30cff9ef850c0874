"""Results: the process in figures. Each figure is defined once, counts rows, and never reads the folded counts."""
