"""What blocks say of each other is true: events, topics, problems, metrics, failpoints."""

import inspect

import pytest
from house import BLOCKS, SOURCES, calls, modules, python_files, service, strings, texts

import contracts
from chassis.errors import Refusal
from chassis.failpoints import POINTS
from chassis.http_client import PeerRefused

FOUND_BY_HTTP = {"method-not-allowed", "too-large", "unsupported-media-type", "internal-error"}
NEVER_ON_THE_WIRE = {PeerRefused}  # a 502, which says nothing about why


def refusals(package: str) -> dict[str, type[Refusal]]:
    """The package's own refusals by slug."""
    return {
        thing.slug: thing
        for module in modules(package)
        for _, thing in inspect.getmembers(module, inspect.isclass)
        if issubclass(thing, Refusal) and thing.__module__ == module.__name__
    }


def emitted(block: str) -> set[str]:
    """The event types that the block's `events.py` files make, written whole or as `f"block.{fact}.v1"`."""
    return {
        event_type
        for path in python_files(block)
        if path.name == "events.py"
        for event_type in contracts.event_types()
        if event_type in texts(path) or {event_type.split(".")[1], f"{block}."} <= texts(path)
        if event_type.startswith(f"{block}.")
    }


@pytest.mark.parametrize("block", BLOCKS)
def test_every_event_that_a_block_hears_has_an_example(block: str) -> None:
    for event_type in service(block).subscriptions:
        assert contracts.event_examples(event_type)


@pytest.mark.parametrize("topic", sorted(contracts.topics()))
def test_a_topic_names_exactly_those_who_hear_it(topic: str) -> None:
    heard = {
        block
        for block in BLOCKS
        if any(contracts.topic_of(event_type) == topic for event_type in service(block).subscriptions)
    }

    assert set(contracts.topics()[topic]["consumers"]) == heard


@pytest.mark.parametrize("topic", sorted(contracts.topics()))
def test_a_topic_names_exactly_those_who_write_it(topic: str) -> None:
    described = contracts.topics()[topic]
    writes = {block for block in BLOCKS if set(described["events"]) & emitted(block)}

    assert set(described["producers"]) == writes


@pytest.mark.parametrize("event_type", contracts.event_types())
def test_every_promised_event_is_really_told(event_type: str) -> None:
    producers = contracts.topics()[contracts.topic_of(event_type)]["producers"]

    assert any(event_type in emitted(producer) for producer in producers)


@pytest.mark.parametrize("package", [*BLOCKS, "chassis"])
def test_every_refusal_is_a_problem_of_the_catalogue(package: str) -> None:
    named = {slug for slug, kind in refusals(package).items() if kind not in NEVER_ON_THE_WIRE}

    assert named - set(contracts.problems()) - {Refusal.slug} == set()


def test_every_problem_of_the_catalogue_is_a_refusal_somewhere() -> None:
    named = set().union(*(refusals(package) for package in (*BLOCKS, "chassis", "gateway")))

    assert set(contracts.problems()) - named - FOUND_BY_HTTP == set()


def test_every_metric_that_is_used_is_declared() -> None:
    used = {
        argument.strip("'")
        for package in SOURCES
        for owner, argument in calls(package, "count", "observe", "gauge_from")
        if owner.endswith("metrics") and argument.startswith("'")
    } | {name for block in BLOCKS for name in service(block).figures}

    assert used - set(contracts.metrics()) == set()


def test_every_metric_that_is_declared_is_used() -> None:
    named = set().union(*(strings(package) for package in SOURCES))
    by_the_client = {name for name in contracts.metrics() if name.startswith("process_")}  # its own collector's words

    assert set(contracts.metrics()) - named - by_the_client == set()


def test_every_failpoint_that_is_passed_is_declared_and_the_other_way_round() -> None:
    for block in BLOCKS:
        passed = {_value(block, argument) for owner, argument in calls(block, "hit") if owner.endswith("failpoints")}
        assert passed == set(service(block).failpoints), block
    assert {argument.strip("'") for _, argument in calls("chassis", "hit")} == set(POINTS)


def test_a_blocks_failpoint_has_a_name_of_its_own() -> None:
    own = [name for block in BLOCKS for name in service(block).failpoints]

    assert len(own) == len(set(own))
    assert not set(own) & set(POINTS)


def _value(package: str, argument: str) -> str:
    """What a failpoint's argument says: a text, or a constant of the module that names it."""
    if argument.startswith("'"):
        return argument.strip("'")
    return next(str(getattr(module, argument)) for module in modules(package) if hasattr(module, argument))
