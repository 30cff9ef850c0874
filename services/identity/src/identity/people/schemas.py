"""Accounts on the wire. A login or a password comes in and never goes out."""

from typing import Any

from marshmallow import fields, post_load

from chassis.schemas import Instant, Wire
from identity.people.model import Registration, Role


class OpeningSchema(Wire):
    login = fields.String()
    display_name = fields.String()
    password = fields.String()
    roles = fields.List(fields.Enum(Role, by_value=True))

    @post_load
    def _made(self, values: dict[str, Any], **_: Any) -> Registration:
        return Registration(**values | {"roles": frozenset(values.get("roles", ()))})


class AccountSchema(Wire):
    subject = fields.UUID(attribute="id")
    display_name = fields.String()
    roles = fields.Function(lambda account: sorted(account.all_roles))
    state = fields.String()
    created_at = Instant()


OPENING = OpeningSchema()
ACCOUNT = AccountSchema()
