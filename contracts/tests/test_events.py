"""The event catalogue: examples validate, nothing is unused, dead letters have a home."""

import re

import jsonschema_rs
import pytest

import contracts

FOLDER = "events"


@pytest.mark.parametrize("event_type", contracts.event_types())
def test_every_example_keeps_its_schema(event_type: str) -> None:
    validator = jsonschema_rs.Draft202012Validator(contracts.event_schema(event_type), validate_formats=True)
    examples = contracts.event_examples(event_type)

    assert examples
    for example in examples:
        validator.validate(example)


@pytest.mark.parametrize("event_type", contracts.event_types())
def test_a_schema_refuses_what_lacks_a_required_member(event_type: str) -> None:
    schema = contracts.event_schema(event_type)
    validator = jsonschema_rs.Draft202012Validator(schema)
    example = contracts.event_examples(event_type)[0]

    for name in schema["required"]:
        assert not validator.is_valid({key: value for key, value in example.items() if key != name})


def test_types_are_facts_with_a_version() -> None:
    strange = [name for name in contracts.event_types() if not re.fullmatch(r"[a-z]+\.[a-z]+(-[a-z]+)*\.v\d+", name)]

    assert strange == []


def test_every_schema_belongs_to_one_topic() -> None:
    carried = [event_type for topic in contracts.topics().values() for event_type in topic["events"]]
    described = {path.name.removesuffix(".json") for path in (contracts._ROOT / FOLDER / "schemas").iterdir()}

    assert len(carried) == len(set(carried))
    assert described == set(carried)


def test_topics_say_who_owns_writes_and_reads_them() -> None:
    blocks = {"identity", "consent", "registry", "messaging", "scheduler", "workflow", "engagement"}

    for name, topic in contracts.topics().items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name), name
        assert topic["dead_letters"] == f"{name}-dlq"
        assert topic["owner"] in blocks
        assert set(topic["producers"]) <= blocks
        assert set(topic["consumers"]) <= blocks
        assert all(event_type.startswith(f"{topic['owner']}.") for event_type in topic["events"])


def test_no_event_carries_a_personal_field() -> None:
    personal = {"name", "displayName", "email", "phone", "address", "login", "text", "body", "title"}

    for event_type in contracts.event_types():
        assert personal.isdisjoint(contracts.event_schema(event_type)["properties"]), event_type
