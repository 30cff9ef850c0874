"""What a registry's schema must be, and what it allows."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest

from registry.databases.model import ContentInvalid, NotDraft, Registry, SchemaUnusable

AT = datetime(2026, 6, 1, tzinfo=UTC)
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "email": {"type": "string", "format": "email"},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}


def registry(schema: dict[str, Any] = SCHEMA, sealed: tuple[str, ...] = ("name",)) -> Registry:
    return Registry("people", 1, None, False, list(sealed), schema, "administrator", AT)


def schema_with(**changes: Any) -> dict[str, Any]:
    return deepcopy(SCHEMA) | changes


@pytest.mark.parametrize(
    "made",
    [
        registry(schema_with(type="array")),
        registry(schema_with(additionalProperties=True)),
        registry(schema_with(properties={})),
        registry(schema_with(properties={"id": {"type": "string"}}, required=[])),
        registry(schema_with(required="name")),
        registry(schema_with(properties={"name": {"$ref": "http://127.0.0.1:9/schema"}})),
        registry(schema_with(properties={"name": {"type": "text"}})),
        registry(schema_with(properties={"name": {"pattern": "("}})),
        registry(sealed=("address",)),
    ],
)
def test_an_unusable_schema_is_refused(made: Registry) -> None:
    with pytest.raises(SchemaUnusable):
        made.usable()


def test_a_usable_schema_is_published_once() -> None:
    published = registry().usable().published(AT)

    with pytest.raises(NotDraft):
        published.published(AT)


@pytest.mark.parametrize(
    ("content", "errors"),
    [
        ({"name": "Ada", "phone": "1"}, [("/write/content/phone", "is not a field of this registry")]),
        ({"email": "ada@example.org"}, [("/write/content/name", "is missing")]),
        ({"name": ""}, [("/write/content/name", "breaks the rule minLength")]),
        ({"name": "Ada", "email": "canary"}, [("/write/content/email", "breaks the rule format")]),
        ({"name": "Ada", "tags": ["a", 1]}, [("/write/content/tags/1", "breaks the rule type")]),
    ],
)
def test_a_refusal_names_fields_and_rules_and_no_values(content: dict[str, Any], errors: list[object]) -> None:
    with pytest.raises(ContentInvalid) as refused:
        registry().checked(content)

    assert refused.value.errors == errors
    assert "canary" not in str(refused.value)


def test_a_version_shows_the_fields_that_it_knows() -> None:
    assert registry().shown({"email": "e", "later": 1, "name": "n"}) == {"name": "n", "email": "e"}
