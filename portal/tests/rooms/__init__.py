"""What each tool adds to the fake mediator and to the pages under test, a module a tool.

A module may have `operations(fake)`, a list of `(path pattern, verb, answer)` as in `FakeGateway`; `furnish(world)`,
which puts its things into the world of `test_pages`; and `PAGES` and `PAGES_BEHIND_SIGN_IN`,
`{name: path of the world}`.
"""

import pkgutil
from importlib import import_module
from types import ModuleType
from typing import Any

ROOMS: list[ModuleType] = [
    import_module(f"{__name__}.{each.name}") for each in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name)
]


def operations(fake: Any) -> list[Any]:
    return [each for room in ROOMS if hasattr(room, "operations") for each in room.operations(fake)]


def furnish(world: Any) -> None:
    for room in ROOMS:
        if hasattr(room, "furnish"):
            room.furnish(world)


def pages(name: str) -> dict[str, Any]:
    return {page: path for room in ROOMS for page, path in getattr(room, name, {}).items()}
