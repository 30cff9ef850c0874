"""Rules of support, names and amendments in a process, which officials set."""
