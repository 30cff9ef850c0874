"""Two transactions at once, in the one order that shows whether something is locked."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from chassis.database import Database, Transaction

T = TypeVar("T")
_LONG_ENOUGH_SECONDS = 0.3  # for the second to come to the lock, or to go past where there is none


def second(database: Database, first: Callable[[Transaction], Any], then: Callable[[Transaction], T]) -> T:
    """What `then` finds in a transaction that begins while that of `first` is open, and ends after it."""

    def run() -> T:
        with database.transaction() as tx:
            return then(tx)

    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as tx:
            first(tx)
            waiting = pool.submit(run)
            time.sleep(_LONG_ENOUGH_SECONDS)
        return waiting.result(30)
