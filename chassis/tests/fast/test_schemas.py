"""A compiled schema accepts what connexion's own validator accepts, and nothing else."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from connexion.json_schema import resolve_refs

import contracts
from chassis import bodies
from chassis.fast import schemas
from chassis.fast.schemas import NotCompiled

ODD = [
    None,
    True,
    False,
    0,
    1,
    -1,
    1.0,
    2**53,
    1e300,
    "",
    "a",
    "a\n",
    "é" * 3,
    "\U0001f600",
    [],
    [1, 1.0],
    {},
    {"a": None},
]
LIKELY = [
    "2026-06-01T12:00:00Z",
    "2026-06-31T12:00:00Z",
    "a@b.example",
    "01900000-0000-7000-8000-000000000001",
    "en",
    7,
]


def stock(schema: dict[str, Any], value: Any) -> bool:
    """What connexion says of a body."""
    made: Any = bodies.validators()["body"]["application/json"]
    return bool(made(schema=schema, encoding="utf-8", strict_validation=True)._validator.is_valid(value))


def body_schemas() -> Iterator[Any]:
    for service in contracts.services():
        document = resolve_refs(contracts.openapi(service))  # type: ignore[no-untyped-call]
        for item in document["paths"].values():
            for described in item.values():
                content = described.get("requestBody", {}).get("content", {}) if isinstance(described, dict) else {}
                if schema := content.get("application/json", {}).get("schema"):
                    yield pytest.param(schema, id=described["operationId"])


def values(schema: dict[str, Any], random: Random) -> Any:
    """A value that is often, and not always, of the schema."""
    if random.random() < 0.04:
        return random.choice(ODD)
    for word in ("oneOf", "anyOf", "allOf"):
        if word in schema:
            parts = [values(each, random) for each in schema[word]]
            whole = {name: value for part in parts if isinstance(part, dict) for name, value in part.items()}
            return whole if word == "allOf" and whole else random.choice(parts)
    if "enum" in schema:
        return random.choice([*schema["enum"], random.choice(ODD)])
    return MADE.get(schema.get("type", ""), any_value)(schema, random)


def any_value(_: dict[str, Any], random: Random) -> Any:
    return random.choice(ODD + LIKELY)


def an_object(schema: dict[str, Any], random: Random) -> dict[str, Any]:
    made = {
        name: values(each, random)
        for name, each in schema.get("properties", {}).items()
        if name in schema.get("required", ()) or random.random() < 0.5
    }
    more = schema.get("additionalProperties")
    if isinstance(more, dict):
        made |= {name: values(more, random) for name in random.sample(["en", "sw", "a b", ""], random.randrange(1, 3))}
    elif random.random() < 0.05:
        made["more"] = 1
    return made


def a_list(schema: dict[str, Any], random: Random) -> list[Any]:
    return [values(schema.get("items", {}), random) for _ in range(random.choice([schema.get("minItems", 0), 1, 2]))]


def a_text(schema: dict[str, Any], random: Random) -> Any:
    lengths = [schema.get("minLength", 1), schema.get("minLength", 1) - 1, schema.get("maxLength", 5)]
    return random.choice([*(str(each) for each in LIKELY), "x" * max(0, min(random.choice(lengths), 300)), "a-b", "7"])


def a_number(schema: dict[str, Any], random: Random) -> Any:
    edges = [schema.get("minimum", 0), schema.get("maximum", 9)]
    return random.choice([*edges, edges[0] - 1, edges[1] + 1, float(edges[0]), 3])


MADE: dict[str, Any] = {
    "object": an_object,
    "array": a_list,
    "string": a_text,
    "integer": a_number,
    "number": a_number,
    "boolean": lambda *_: True,
}


@pytest.mark.parametrize("schema", list(body_schemas()))
def test_two_validators_say_the_same_of_a_contracts_bodies(schema: dict[str, Any]) -> None:
    random, valid = Random(7), schemas.body(schema)
    tried = [values(schema, random) for _ in range(60)] + ODD

    assert [valid(each) for each in tried] == [stock(schema, each) for each in tried]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "nullable": True},
        {"type": "string", "enum": ["a"], "nullable": True},
        {"enum": ["a"], "nullable": True},
        {"nullable": True, "minLength": 1},
        {"type": "integer", "maximum": 7, "exclusiveMaximum": True},
        {"type": "string", "format": "uuid"},
        {"type": "string", "format": "date-time"},
        {"type": "string", "format": "email"},
        {"not": {"type": "string", "pattern": "^a$"}},
        {"type": "array", "uniqueItems": True},
        {"type": "object", "additionalProperties": False, "properties": {"a": {"nullable": True, "type": "integer"}}},
        {"oneOf": [{"type": "string", "minLength": 1}, {"type": "string", "pattern": "^a+$"}, {"type": "number"}]},
        {"type": "string", "readOnly": True, "x-note": "nothing to check"},
    ],
    ids=repr,
)
@pytest.mark.parametrize("value", ODD + LIKELY, ids=ascii)
def test_two_validators_say_the_same_of_each_word(schema: dict[str, Any], value: Any) -> None:
    assert schemas.body(schema)(value) == stock(schema, value)


@pytest.mark.parametrize(
    "schema",
    [
        {"multipleOf": 0.1},
        {"$ref": "#/components/schemas/Self"},
        {"type": "string", "pattern": r"^\w$"},
        {"x-nullable": True},
        {"type": "string", "pattern": "["},
        {"patternProperties": {}},
        {"properties": {"a": {"discriminator": {"propertyName": "b"}}}},
    ],
    ids=repr,
)
def test_what_could_be_understood_in_two_ways_is_left(schema: dict[str, Any]) -> None:
    with pytest.raises(NotCompiled):
        schemas.body(schema)


def test_a_nullable_parameter_is_left() -> None:
    with pytest.raises(NotCompiled):
        schemas.parameter({"type": "string", "nullable": True})


def test_a_schema_that_holds_itself_is_left() -> None:
    node: dict[str, Any] = {"type": "object"}
    node["properties"] = {"inner": node}

    with pytest.raises(NotCompiled):
        schemas.body(node)
