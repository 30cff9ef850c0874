"""Texts of a plan in its languages: what is missing is said, and can be written at any time."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis.testing.client import Client, assert_problem
from engagement.processes.model import State


@pytest.fixture
def process(world: Any, make: Any) -> Any:
    field = {"name": {"en": "Name"}, "purpose": {"en": "To answer"}, "legal_basis": "consent", "retention_days": 90}
    return world.process(
        languages=["en", "ca"],
        state=State.DRAFT,
        title={"en": "Green streets", "ca": "Carrers verds"},
        categories=[{"code": "green", "name": {"en": "Green"}}],
        phases=(make.phase(announcement={"en": "Soon."}),),
        strategy=make.strategy(face_to_face_formats=[{"en": "Walk"}], data_fields=[_field(**field)]),
    )


def _field(**values: Any) -> Any:
    from engagement.strategy.model import DataField

    return DataField(**values)


def test_each_text_says_which_languages_it_lacks(official: Callable[..., Client], process: Any) -> None:
    found = {each["pointer"]: each for each in official().get(f"/v1/processes/{process.id}/texts").body["items"]}

    assert found["/title"]["lacks"] == []
    assert found["/phases/0/announcement"] == {
        "pointer": "/phases/0/announcement",
        "text": {"en": "Soon."},
        "lacks": ["ca"],
    }
    assert {
        "/strategy/objective",
        "/strategy/faceToFaceFormats/0",
        "/strategy/dataFields/0/purpose",
        "/categories/0/name",
        "/phases/0/title",
    } <= set(found)
    assert "/summary" not in found


def test_a_text_is_written_in_another_language(official: Callable[..., Client], process: Any) -> None:
    its = f"/v1/processes/{process.id}"
    wanted = {
        "/phases/0/title": "Digues la teva",
        "/strategy/objective": "Com s'ha acordat.",
        "/categories/0/name": "Verd",
    }

    official().put(f"{its}/texts/ca", {"texts": wanted})

    shown = official().get(its).body
    assert shown["phases"][0]["title"] == {"en": "Have your say", "ca": "Digues la teva"}
    assert shown["strategy"]["objective"]["ca"] == "Com s'ha acordat."
    assert shown["categories"][0]["name"]["ca"] == "Verd"
    official().put(f"{its}/texts/ca", {"texts": {"/phases/0/title": ""}})
    assert official().get(its).body["phases"][0]["title"] == {"en": "Have your say"}


@pytest.mark.parametrize(
    ("state", "language", "texts", "status", "slug"),
    [
        (State.DRAFT, "ar", {"/title": "شوارع"}, 400, "unknown-language"),
        (State.DRAFT, "ca", {"/nowhere": "Res"}, 400, "unknown-text"),
        (State.DRAFT, "en", {"/title": ""}, 400, "unknown-text"),
        (State.OPEN, "en", {"/title": "Grey streets"}, 409, "original-is-public"),
        (State.IN_REVIEW, "ca", {"/title": "Carrers"}, 409, "original-is-public"),
        (State.CANCELLED, "ca", {"/title": "Carrers"}, 409, "original-is-public"),
        (State.OPEN, "ca", {}, 400, "invalid"),
    ],
)
def test_what_cannot_be_written_is_refused_and_changes_nothing(
    official: Callable[..., Client],
    world: Any,
    state: State,
    language: str,
    texts: dict[str, str],
    status: int,
    slug: str,
) -> None:
    process = world.process(state=state, languages=["en", "ca"])
    its = f"/v1/processes/{process.id}"
    before = official().get(its).body

    assert_problem(official().put(f"{its}/texts/{language}", {"texts": texts}), status, slug)

    assert official().get(its).body == before


def test_translations_are_for_officials(client: Callable[..., Client], process: Any) -> None:
    eve = client(subject="eve", roles=["participant"], scopes=["engagement.draft"])

    assert_problem(eve.get(f"/v1/processes/{process.id}/texts"), 403, "not-an-official")
    refused = eve.put(f"/v1/processes/{process.id}/texts/ca", {"texts": {"/title": "Carrers"}})
    assert_problem(refused, 403, "not-an-official")
