"""Threads for requests: as many as are needed, never more than allowed, and whoever waits hears how it ended."""

import asyncio
import gc
import threading
import weakref
from collections.abc import Iterator

import pytest

from chassis.threads import Threads


@pytest.fixture
def threads() -> Iterator[Threads]:
    made = Threads(2, "test")
    yield made
    made.shutdown()


def names() -> list[str]:
    return sorted(each.name for each in threading.enumerate() if each.name.startswith("test-"))


def test_a_call_gives_its_answer_or_raises(threads: Threads) -> None:
    async def called() -> tuple[int, BaseException | int]:
        given, failed = await asyncio.gather(
            threads.run(lambda: 7), threads.run(lambda: 1 // 0), return_exceptions=True
        )
        assert isinstance(given, int)
        return given, failed

    given, failed = asyncio.run(called())

    assert given == 7
    assert isinstance(failed, ZeroDivisionError)


def test_a_thread_starts_when_it_is_needed_first(threads: Threads) -> None:
    async def called() -> None:
        await threads.run(lambda: None)

    assert names() == []
    asyncio.run(called())

    assert names() == ["test-0"]


def test_no_more_than_allowed_run_at_once(threads: Threads) -> None:
    running, most = 0, 0
    both, lock = threading.Barrier(2), threading.Lock()

    def call() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        both.wait(10)
        with lock:
            running -= 1

    async def called() -> None:
        await asyncio.gather(*(threads.run(call) for _ in range(10)))

    asyncio.run(called())

    assert most == 2
    assert names() == ["test-0", "test-1"]


def test_an_answer_is_not_kept(threads: Threads) -> None:
    class Answer:
        pass

    async def called() -> "weakref.ref[Answer]":
        return weakref.ref(await threads.run(Answer))

    kept = asyncio.run(called())
    gc.collect()

    assert kept() is None


def test_what_waits_at_the_end_is_cancelled_and_what_runs_finishes() -> None:
    threads, began, may_end = Threads(1, "test"), threading.Event(), threading.Event()

    def call() -> str:
        began.set()
        may_end.wait(10)
        return "done"

    async def called() -> tuple[str, list[bool]]:
        running = threads.run(call)
        await asyncio.to_thread(began.wait, 10)
        waiting = threads.run(lambda: "never")
        threads.shutdown(wait=False)
        late = threads.run(lambda: "never")
        may_end.set()
        done = await running
        await asyncio.wait([waiting, late])
        return done, [waiting.cancelled(), late.cancelled()]

    assert asyncio.run(called()) == ("done", [True, True])


def test_a_loop_that_is_gone_hurts_nobody(threads: Threads) -> None:
    may_end = threading.Event()

    async def left() -> None:
        threads.run(lambda: may_end.wait(10))

    asyncio.run(left())
    may_end.set()

    async def called() -> int:
        return await threads.run(lambda: 7)

    assert asyncio.run(called()) == 7
