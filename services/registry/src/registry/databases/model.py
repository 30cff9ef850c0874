"""A version of a registry, and whether content is what its schema asks for."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NoReturn

import jsonschema_rs

from chassis.errors import Conflict, Invalid

_AT = "/write/content"  # where content stands in a body
Content = dict[str, Any]  # a JSON object: an entry's fields


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class SchemaUnusable(Invalid):
    """A registry's schema is a JSON Schema of an object that names all its fields."""


class ContentInvalid(Invalid):
    """The content breaks the registry's schema."""


class NotDraft(Conflict):
    """A published version does not change."""


@dataclass(frozen=True, slots=True)
class Registry:
    """One version of a registry. `sealed` names the fields that hold personal data."""

    name: str
    number: int
    description: str | None
    one_entry_per_person: bool
    sealed: list[str]
    schema: dict[str, Any]
    drafted_by: str
    drafted_at: datetime
    state: State = State.DRAFT
    published_at: datetime | None = None

    @property
    def fields(self) -> list[str]:
        """In the order of the schema."""
        return list(self.schema["properties"])

    def usable(self) -> "Registry":
        """The same, if entries can be kept by it. Raises SchemaUnusable."""
        names = self.schema.get("properties")
        if self.schema.get("type") != "object" or self.schema.get("additionalProperties") is not False or not names:
            raise SchemaUnusable("It describes an object, names its fields and allows no others.")
        if "id" in names:
            raise SchemaUnusable("The registry gives the id itself.")
        if unknown := [name for name in self.sealed if name not in names]:
            raise SchemaUnusable("Fields to seal stand in the schema.", [(f"/sealed/{unknown[0]}", "is not there")])
        try:
            jsonschema_rs.meta.validate(self.schema)
            _validator(self.schema)
        except (jsonschema_rs.ValidationError, ValueError) as error:
            raise SchemaUnusable("It is no JSON Schema that stands by itself.") from error
        return self

    def published(self, at: datetime) -> "Registry":
        """Raises NotDraft."""
        if self.state is not State.DRAFT:
            raise NotDraft("This version is published already.")
        return replace(self, state=State.PUBLISHED, published_at=at)

    def checked(self, content: Content) -> Content:
        """The content, if the schema allows it. Raises ContentInvalid, which names fields and rules but no values."""
        errors = [(f"{_AT}/{name}", "is not a field of this registry") for name in content if name not in self.fields]
        missing = [name for name in self.schema.get("required", ()) if name not in content]
        errors += [(f"{_AT}/{name}", "is missing") for name in missing]
        for error in _validator(self.schema).iter_errors(content):
            if error.instance_path:
                pointer = "/".join([_AT, *(str(part) for part in error.instance_path)])
                errors.append((pointer, f"breaks the rule {error.schema_path[-1]}"))
            elif not errors:
                errors.append((_AT, f"breaks the rule {error.schema_path[-1]}"))
        if errors:
            raise ContentInvalid("The content is not what the registry's schema asks for.", errors)
        return content

    def shown(self, content: Content) -> Content:
        """The fields that this version knows; later versions may have added others."""
        return {name: content[name] for name in self.fields if name in content}


def _validator(schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True, retriever=_refused)


def _refused(address: str) -> NoReturn:
    """A schema refers to nothing outside itself: no request goes out because somebody wrote an address in one."""
    raise ValueError("a registry's schema stands by itself")
