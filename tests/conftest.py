"""What tests of the whole mesh stand on: a running one, with its own ports and state folder."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "support"))

from running import Running, start


@pytest.fixture(scope="session")
def mesh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A mesh with the seeded process, shared by the tests of a suite."""
    running = start(tmp_path_factory.mktemp("mesh"), "--seed")
    yield running
    running.stop()
