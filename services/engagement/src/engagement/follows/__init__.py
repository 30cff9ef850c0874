"""Following a process without an account: an address that answered hears what is new, once a period and only if there
is something. One request ends it, and the address is gone from here.
"""
