"""A block's own loops: one process at a time, started when wanted, ended with the app."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest

from chassis import runtime as runtimes
from chassis.clock import FixedClock
from chassis.runtime import Loop, Runtime, Service
from chassis.settings import ServiceSettings
from chassis.tracing import Tracing
from chassis.workers import Workers

MakeRuntime = Callable[[Loop], Runtime]


@pytest.fixture
def make_runtime(empty_url: str, clock: FixedClock) -> Iterator[MakeRuntime]:
    """`make_runtime(loop)`: a block of this loop alone; all are over one database."""
    with ExitStack() as databases:

        def make(loop: Loop) -> Runtime:
            service = replace(Service("notes", ()), loops=(loop,))
            settings = ServiceSettings(port=0, database_url=empty_url)
            made = runtimes.build(service, settings, clock, None, Tracing("notes"))
            databases.callback(made.database.close)
            return made

        yield make


class Bellows:
    """A loop that says when it runs and works until it is stopped."""

    def __init__(self) -> None:
        self.running = threading.Event()
        self.ended = threading.Event()

    def run(self, runtime: Runtime) -> None:
        self.running.set()
        while not runtime.stopping.is_set():
            runtime.database.bell("bellows").wait(60)
        self.ended.set()


def test_a_loop_runs_until_the_app_stops_and_its_bell_wakes_it(make_runtime: MakeRuntime) -> None:
    bellows = Bellows()
    workers = Workers(make_runtime(Loop("bellows", bellows.run)))

    workers.start()
    started = bellows.running.wait(5)
    workers.stop()

    assert started
    assert bellows.ended.is_set()


def test_an_unwanted_loop_starts_no_thread(make_runtime: MakeRuntime) -> None:
    before = threading.active_count()
    workers = Workers(make_runtime(Loop("bellows", Bellows().run, wanted=lambda _: False)), ("tick",))

    workers.start()

    assert threading.active_count() == before


def test_loops_belong_to_the_role_tick(make_runtime: MakeRuntime) -> None:
    bellows = Bellows()
    workers = Workers(make_runtime(Loop("bellows", bellows.run)), ("relay", "consume", "jobs"))

    workers.start()
    started = bellows.running.wait(0.2)
    workers.stop()

    assert not started


def test_one_process_at_a_time_runs_a_loop(make_runtime: MakeRuntime) -> None:
    first, second = Bellows(), Bellows()
    one = Workers(make_runtime(Loop("bellows", first.run)))
    other = Workers(make_runtime(Loop("bellows", second.run)))

    one.start()
    first.running.wait(5)
    other.start()
    at_once = second.running.wait(0.3)
    one.stop()
    afterwards = second.running.wait(5)
    other.stop()

    assert not at_once
    assert afterwards
