"""Short mathematics of surveys: pure functions, each with its formula's source. docs/reference/statistics.md says what
each figure means to a reader."""
