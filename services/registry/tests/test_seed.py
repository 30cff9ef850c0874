"""The seed is applied as often as one likes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from chassis.app import App
from chassis.testing.client import Client
from registry import seed
from registry.settings import Settings

PEOPLE: dict[str, Any] = {
    "name": "people",
    "description": "People who take part",
    "oneEntryPerPerson": True,
    "sealed": ["email"],
    "schema": {"type": "object", "additionalProperties": False, "properties": {"email": {"type": "string"}}},
}


@pytest.fixture
def apply(app: App, settings: Settings, tmp_path: Path) -> Callable[..., None]:
    def write_and_apply(*databases: dict[str, Any]) -> None:
        path = tmp_path / "seed.yaml"
        path.write_text(yaml.safe_dump({"databases": list(databases)}))
        seed.apply(app.runtime.database, settings, path, app.runtime.clock())

    return write_and_apply


def test_twice_is_once(apply: Callable[..., None], administrator: Client) -> None:
    apply(PEOPLE)
    apply(PEOPLE)

    listed = administrator.get("/v1/registries").body["items"]

    assert listed == [PEOPLE | {"version": "1", "state": "published"}]


def test_what_differs_becomes_the_next_version(apply: Callable[..., None], administrator: Client) -> None:
    apply(PEOPLE)
    apply(PEOPLE | {"description": "Others"})

    assert [each["version"] for each in administrator.get("/v1/registries").body["items"]] == ["1", "2"]


@pytest.mark.parametrize("change", [{"sealed": ["phone"]}, {"schema": {"type": "object"}}])
def test_a_seed_that_is_no_registry_changes_nothing(
    change: dict[str, Any], apply: Callable[..., None], administrator: Client
) -> None:
    with pytest.raises(seed.BadSeed):
        apply(PEOPLE, PEOPLE | {"name": "others"} | change)

    assert administrator.get("/v1/registries").body["items"] == []
