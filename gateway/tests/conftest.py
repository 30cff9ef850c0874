"""Async tests run in an event loop of their own; `mediator` is a whole mediator with identity and a provider."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as examples
from world import World

from chassis.testing import servers

examples.register_profile("house", deadline=None)  # a slow machine is no finding
examples.load_profile("house")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run `async def` tests."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    asyncio.run(pyfuncitem.obj(**wanted), debug=False)
    return True


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    """A migrated database of this test alone: SQLite, or PostgreSQL where `POSTGRES_URL` names a server."""
    with servers.database(tmp_path, "gateway") as url:
        yield url


@pytest.fixture
def empty_url(tmp_path: Path) -> Iterator[str]:
    """A database of this test alone, without tables."""
    with servers.database(tmp_path / "empty", "nothing", servers.no_tables) as url:
        yield url


@pytest.fixture
def mediator(tmp_path: Path, database_url: str) -> Callable[..., AbstractAsyncContextManager[World]]:
    """`async with mediator(setting=value) as world`: everything runs on ports of this test alone."""

    @asynccontextmanager
    async def start(**settings: Any) -> AsyncIterator[World]:
        world = World(tmp_path, database_url, settings)
        await world.start()
        try:
            yield world
        finally:
            await world.stop()

    return start
