"""The operation table refuses to be built on any gap between contract and code."""

from types import ModuleType
from typing import Any

import pytest

import contracts
from chassis.operations import Gap, in_order, snake, table

SECURED = [{"baraza": ["notes.write"]}]


@pytest.fixture(autouse=True)
def scopes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contracts, "scopes", lambda: {"notes.write": {}})


def document(**operations: dict[str, Any]) -> dict[str, Any]:
    paths = {}
    for name, described in operations.items():
        said = {"operationId": name, "security": SECURED} | described
        paths[f"/{name}"] = {"post": {key: value for key, value in said.items() if value is not None}}
    return {"paths": paths}


def module(*functions: str, name: str = "notes.api") -> ModuleType:
    made = ModuleType(name)
    for function in functions:
        exec(f"def {function}(): ...", made.__dict__)  # noqa: S102 - a module of this test's making
    return made


def test_a_whole_contract_becomes_a_table() -> None:
    key = {"parameters": [{"$ref": "#/components/parameters/IdempotencyKey"}], "x-status": {"NotFound": 400}}

    operations = table(document(listNotes={}, writeNote=key), [module("list_notes", "write_note")])

    assert set(operations) == {"listNotes", "writeNote"}
    assert operations["writeNote"].function.__name__ == "write_note"
    assert (operations["writeNote"].remembers, operations["listNotes"].remembers) == (True, False)
    assert operations["writeNote"].statuses == {"NotFound": 400}


@pytest.mark.parametrize(
    ("described", "functions", "gap"),
    [
        ({"listNotes": {}}, [], "listNotes has no function list_notes"),
        ({"listNotes": {}}, ["list_notes", "forgotten"], "notes.api.forgotten answers no operation"),
        ({"listNotes": {"security": None}}, ["list_notes"], "listNotes does not say who may call it"),
        ({"listNotes": {"security": [{"baraza": []}]}}, ["list_notes"], "listNotes asks for no scope"),
        ({"listNotes": {"security": [{"other": ["x"]}]}}, ["list_notes"], "listNotes asks for no scope"),
        (
            {"listNotes": {"security": [{"baraza": ["notes.eat"]}]}},
            ["list_notes"],
            "listNotes asks for the unknown scope notes.eat",
        ),
        ({"listNotes": {"security": []}}, ["list_notes"], "listNotes is open to all without saying why"),
        ({"listNotes": {"operationId": None}}, [], "POST /listNotes has no operationId"),
    ],
    ids=[
        "no function",
        "surplus function",
        "no security",
        "no scope",
        "foreign scheme",
        "unknown scope",
        "open",
        "no id",
    ],
)
def test_each_gap_is_named(described: dict[str, dict[str, Any]], functions: list[str], gap: str) -> None:
    with pytest.raises(Gap) as raised:
        table(document(**described), [module(*functions)])

    assert gap in str(raised.value)


def test_a_reason_makes_an_anonymous_operation_good() -> None:
    said = {"security": [], "x-anonymous": "Whoever signs in has no token yet."}

    assert table(document(signIn=said), [module("sign_in")])


def test_one_name_in_two_modules_is_a_gap() -> None:
    with pytest.raises(Gap, match="list_notes stands in"):
        table(document(listNotes={}), [module("list_notes"), module("list_notes", name="notes.more")])


def test_all_gaps_are_told_at_once() -> None:
    with pytest.raises(Gap) as raised:
        table(document(listNotes={}, writeNote={"security": None}), [module("forgotten")])

    assert str(raised.value).count(";") == 3


def test_helpers_and_imported_functions_are_no_operations() -> None:
    made = module("list_notes", "_helper")
    made.snake = snake  # type: ignore[attr-defined]

    assert set(table(document(listNotes={}), [made])) == {"listNotes"}


@pytest.mark.parametrize(("name", "function"), [("endorseProposal", "endorse_proposal"), ("list", "list")])
def test_an_operations_function_is_its_id_in_snake_case(name: str, function: str) -> None:
    assert snake(name) == function


def test_concrete_addresses_stand_before_templated_ones() -> None:
    paths = ["/notes/{noteId}", "/{kind}/mine", "/notes/mine", "/notes/{noteId}/words", "/notes"]

    ordered = list(in_order({"paths": {path: {} for path in paths}})["paths"])

    assert ordered.index("/notes/mine") < ordered.index("/notes/{noteId}") < ordered.index("/{kind}/mine")
    assert sorted(ordered) == sorted(paths)
