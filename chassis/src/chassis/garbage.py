"""Python's garbage collector in a server: what was built at the start stays, and requests leave hardly a cycle behind.

Looking through all of it after every 700 new objects cost a tenth of a request's time.
"""

import gc


def collect_seldom() -> None:
    """Call once everything is built."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
