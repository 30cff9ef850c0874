"""Planning a process: one subject a page, saved at any time, with what is still missing."""
