"""What the fault tests share: a mesh in each shape, and the state of a run in which nothing went wrong."""

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.faults.copy import Copy, copied
from tests.faults.world import EMBEDDED, Worlds


@pytest.fixture(scope="session")
def worlds() -> Iterator[Worlds]:
    with closing(Worlds()) as made:
        yield made


@pytest.fixture(scope="session")
def green(worlds: Worlds, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """One process, played without a fault."""
    hurt = worlds.of(EMBEDDED)
    with hurt.playing() as playing:
        pass
    hurt.rest()
    hurt.figures(playing.result())
    return copied(hurt.places, hurt.mesh.layout.state, tmp_path_factory.mktemp("green") / "state")
