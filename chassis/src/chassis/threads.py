"""Threads that answer requests. The standard library's pool costs twice as much a call, most of it locks of futures
that nobody else waits for."""

import asyncio
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
_Call = tuple[asyncio.AbstractEventLoop, "asyncio.Future[Any]", Callable[[], Any]]


class Threads:
    """At most so many; each starts when it is needed first. `name` is the beginning of each thread's name."""

    def __init__(self, most: int, name: str) -> None:
        self._most, self._name = most, name
        self._waiting: SimpleQueue[_Call | None] = SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._threads: list[threading.Thread] = []
        self._stopped = False

    def run(self, call: Callable[[], T]) -> "asyncio.Future[T]":
        """Call it in a thread, from a coroutine that awaits this. After `shutdown` it is cancelled."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        if self._stopped:
            future.cancel()
            return future
        self._waiting.put((loop, future, call))
        if not self._idle.acquire(blocking=False) and len(self._threads) < self._most:
            thread = threading.Thread(target=self._work, name=f"{self._name}-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()
        return future

    def shutdown(self, *, wait: bool = True) -> None:
        """What runs may finish, and is waited for if asked; what waits is cancelled."""
        self._stopped = True
        for _ in self._threads:
            self._waiting.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def _work(self) -> None:
        while (given := self._next()) is not None:
            loop, future, call = given
            try:
                if self._stopped:
                    _tell(loop, future.cancel)
                else:
                    _tell(loop, _done, future, call())
            except BaseException as error:  # the caller's, who waits in the other thread
                _tell(loop, _failed, future, error)
            del given, loop, future, call  # or the last answer would live until the next call

    def _next(self) -> _Call | None:
        try:
            return self._waiting.get_nowait()
        except Empty:
            self._idle.release()
            return self._waiting.get()


def _tell(loop: asyncio.AbstractEventLoop, what: Callable[..., object], *arguments: Any) -> None:
    try:
        loop.call_soon_threadsafe(what, *arguments)
    except RuntimeError:  # the loop is closed: nobody waits any more
        return


def _done(future: "asyncio.Future[Any]", result: Any) -> None:
    if not future.done():
        future.set_result(result)


def _failed(future: "asyncio.Future[Any]", error: BaseException) -> None:
    if not future.done():
        future.set_exception(error)
