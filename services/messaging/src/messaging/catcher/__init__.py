"""The mail catcher: a mail server on this machine that keeps what it gets and sends nothing on.

It stands in for a provider in demonstrations. A mail is on disk, sealed, before the catcher says 250; a second copy of
a `Message-ID` is dropped. Without CATCHER=true it does not exist.
"""
