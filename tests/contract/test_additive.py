"""Contracts change by addition: each kind of breaking change is seen, and no addition is called one."""

import copy
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import diff_contracts
import pytest
from diff_contracts import Catalogue, breaks
from house import ROOT

Document = dict[str, Any]
Change = Callable[[Document], None]

NOTE: Document = {
    "type": "object",
    "required": ["id", "text"],
    "properties": {
        "id": {"type": "string"},
        "text": {"type": "string", "maxLength": 80},
        "kind": {"type": "string", "enum": ["short", "long"]},
        "at": {"type": "string"},
    },
}
OF_NOTE: Document = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}}}
KIND: Document = {"name": "kind", "in": "query", "schema": {"type": "string", "enum": ["short", "long"]}}
API: Document = {
    "info": {"version": "1.0.0"},
    "paths": {
        "/v1/notes": {
            "get": {
                "operationId": "listNotes",
                "security": [{"baraza": ["notes.read"]}],
                "parameters": [
                    {"name": "kind", "in": "query", "schema": {"type": "string", "enum": ["short", "long"]}}
                ],
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}}}
                },
            },
            "post": {
                "operationId": "writeNote",
                "security": [{"baraza": ["notes.write"]}],
                "requestBody": copy.deepcopy(OF_NOTE),
                "responses": {"201": {"description": "Written."}},
            },
        }
    },
    "components": {"schemas": {"Note": NOTE}},
}
OLD = Catalogue(
    openapi={"notes": API},
    topics={
        "notes": {"consumers": ["portal"], "key": "the note's id", "dead_letters": "notes-dlq", "events": ["n.a.v1"]}
    },
    schemas={"n.a.v1": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "by": {}}}},
    problems={"note-closed": {"status": 409}},
    scopes={"notes.read": {}},
    metrics={"notes_total": {"labels": ["kind"]}},
)


def changed(part: str, change: Change) -> list[str]:
    """What breaks when one part of the catalogue changes."""
    after = copy.deepcopy(dict(getattr(OLD, part)))
    change(after)
    return list(breaks(OLD, replace(OLD, **{part: after})))


def api(change: Change) -> list[str]:
    return changed("openapi", lambda all_of_them: change(all_of_them["notes"]))


def note(change: Change) -> list[str]:
    return api(lambda document: change(document["components"]["schemas"]["Note"]))


def notes(document: Document, verb: str) -> Document:
    found: Document = document["paths"]["/v1/notes"][verb]
    return found


NEEDED = {"name": "x", "in": "query", "required": True, "schema": {}}
FREE = {"name": "x", "in": "query", "schema": {}}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d["paths"].clear(), "GET /v1/notes is gone"),
        (lambda d: notes(d, "get").update(operationId="readNotes"), "was listNotes and is readNotes"),
        (lambda d: notes(d, "get").update(security=[{"baraza": ["a", "notes.read"]}]), "asks for other scopes"),
        (lambda d: notes(d, "get")["parameters"].append(NEEDED), "query x is required now"),
        (lambda d: notes(d, "get")["parameters"].clear(), "does not take query kind any more"),
        (lambda d: notes(d, "get")["parameters"][0]["schema"]["enum"].remove("long"), "does not take long any more"),
        (lambda d: notes(d, "get")["responses"].clear(), "does not answer 200 any more"),
        (lambda d: notes(d, "post")["requestBody"].update(required=True), "needs a body now"),
        (lambda d: notes(d, "post").pop("requestBody"), "takes no body any more"),
        (lambda d: notes(d, "post")["requestBody"]["content"].clear(), "is not application/json any more"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_breaks_a_caller_is_told(change: Change, told: str) -> None:
    assert [what for what in api(change) if told in what]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda n: n["properties"].pop("at"), ".at is gone"),
        (lambda n: n["properties"].update(at={"type": "integer"}), ".at was string and is integer"),
        (lambda n: n["required"].append("kind"), ".kind is required now"),
        (lambda n: n["required"].remove("text"), ".text may be missing now"),
        (lambda n: n.update(additionalProperties=False), "takes no further members now"),
        (lambda n: n["properties"]["text"].update(maxLength=40), "smaller maxLength"),
        (lambda n: n["properties"]["text"].update(minLength=1), "greater minLength"),
        (lambda n: n["properties"]["text"].update(pattern="^a"), "another pattern"),
        (lambda n: n["properties"]["kind"]["enum"].remove("long"), "does not take long any more"),
        (lambda n: n["properties"]["at"].update(enum=["now"]), "does not take anything any more"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_narrows_a_schema_is_told(change: Change, told: str) -> None:
    assert [what for what in note(change) if told in what]


@pytest.mark.parametrize(
    ("part", "change", "told"),
    [
        ("openapi", lambda d: d.pop("notes"), "the block is gone"),
        ("topics", lambda d: d.pop("notes"), "is gone while portal listened"),
        ("topics", lambda d: d["notes"].update(key="another"), "another key"),
        ("topics", lambda d: d["notes"].update(dead_letters="x"), "another dead_letters"),
        ("topics", lambda d: d["notes"]["events"].clear(), "n.a.v1 is gone from notes"),
        ("schemas", lambda d: d["n.a.v1"]["properties"].pop("by"), ".by is gone"),
        ("schemas", lambda d: d["n.a.v1"]["required"].append("by"), ".by is required now"),
        ("schemas", lambda d: d["n.a.v1"]["required"].remove("id"), ".id may be missing now"),
        ("schemas", lambda d: d["n.a.v1"]["properties"]["id"].update(type="integer"), "was string and is integer"),
        ("problems", lambda d: d.pop("note-closed"), "problem note-closed is gone"),
        ("problems", lambda d: d["note-closed"].update(status=404), "was 409 and is 404"),
        ("scopes", lambda d: d.pop("notes.read"), "scope notes.read is gone"),
        ("metrics", lambda d: d.pop("notes_total"), "metric notes_total is gone"),
        ("metrics", lambda d: d["notes_total"]["labels"].clear(), "has lost a label"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_breaks_a_catalogue_is_told(part: str, change: Change, told: str) -> None:
    assert [what for what in changed(part, change) if told in what]


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["paths"].update({"/v1/more": {"get": {"operationId": "more"}}}),
        lambda d: notes(d, "get")["parameters"].append(FREE),
        lambda d: notes(d, "get")["responses"].update({"404": {}}),
        lambda d: notes(d, "get").update(security=[{"baraza": ["notes.read"]}, {"baraza": ["notes.all"]}]),
        lambda d: notes(d, "get").update(security=[]),
        lambda d: d["components"]["schemas"]["Note"]["properties"].update(more={"type": "string"}),
        lambda d: d["components"]["schemas"]["Note"]["properties"]["kind"]["enum"].append("middle"),
        lambda d: d["components"]["schemas"]["Note"]["properties"]["text"].update(maxLength=800),
        lambda d: d["components"]["schemas"]["Note"]["properties"]["text"].pop("maxLength"),
        lambda d: d["components"]["schemas"]["Note"].update(description="Said otherwise."),
    ],
)
def test_an_addition_breaks_nothing(change: Change) -> None:
    assert api(change) == []


def test_a_schema_in_answers_alone_may_promise_more() -> None:
    def change(document: Document) -> None:
        notes(document, "post").pop("requestBody")
        document["components"]["schemas"]["Note"]["required"].append("kind")

    assert not [what for what in api(change) if "required now" in what]


def test_a_new_major_version_may_break_its_callers() -> None:
    def change(document: Document) -> None:
        document.update(info={"version": "2.0.0"}, paths={})

    assert api(change) == []


def test_an_event_that_nobody_heard_may_go() -> None:
    unheard = {"notes": OLD.topics["notes"] | {"consumers": []}}
    gone = {"notes": unheard["notes"] | {"events": []}}

    assert list(breaks(replace(OLD, topics=unheard), replace(OLD, topics=gone, schemas={}))) == []


def test_nothing_changed_breaks_nothing() -> None:
    assert list(breaks(OLD, OLD)) == []
    real = diff_contracts.load(ROOT / diff_contracts.FOLDER)
    assert real.openapi
    assert list(breaks(real, copy.deepcopy(real))) == []


def test_without_a_release_before_there_is_nothing_to_break(capsys: pytest.CaptureFixture[str]) -> None:
    assert diff_contracts.main(["--against", "a-release-that-never-was"]) == 0
    assert "first release" in capsys.readouterr().out


def test_the_command_compares_the_working_tree_with_a_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / diff_contracts.FOLDER
    shutil.copytree(ROOT / diff_contracts.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    author = ["-c", "user.name=a test", "-c", "user.email=test@example.org"]
    for command in (["init", "-q"], ["add", "."], [*author, "commit", "-q", "-m", "contracts: begin"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    monkeypatch.setattr(diff_contracts, "ROOT", tmp_path)

    assert diff_contracts.main(["--against", "HEAD"]) == 0
    (folder / "problems" / "_platform.yaml").write_text("{}")
    assert diff_contracts.main(["--against", "HEAD"]) == 1
    assert "breaking: problem not-found is gone" in capsys.readouterr().out
