"""One participation process: where it stands, what is decided, how to take part."""
