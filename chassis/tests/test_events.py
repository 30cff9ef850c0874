"""Events keep their contract when they are written."""

import pytest
from note_block import TYPE

import contracts
from chassis import events
from chassis.events import BadEvent, Event
from chassis.testing.plugin import NOON


@pytest.mark.parametrize("event_type", contracts.event_types())
def test_every_example_of_the_catalogue_may_be_told(event_type: str) -> None:
    for example in contracts.event_examples(event_type):
        events.check(Event(event_type, "k", NOON, example))


@pytest.mark.parametrize("data", [{}, {"processId": 1}, {"processId": "not an id"}])
def test_data_that_breaks_its_schema_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(BadEvent, match=TYPE):
        events.check(Event(TYPE, "k", NOON, data))


def test_a_type_without_a_contract_is_refused() -> None:
    with pytest.raises(contracts.UnknownContract):
        events.check(Event("notes.note-lost.v1", "k", NOON, {}))


def test_each_event_has_an_id_of_its_own() -> None:
    assert Event(TYPE, "k", NOON, {}).id != Event(TYPE, "k", NOON, {}).id
