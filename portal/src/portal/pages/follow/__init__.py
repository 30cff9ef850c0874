"""Following a process: letters to an address without an account, and a feed."""
