"""Clients on the wire."""

from typing import Any

from marshmallow import fields, post_load

from chassis.schemas import Instant, Wire
from identity.clients.model import Client, Grant, State, Wanted


class RegistrationSchema(Wire):
    name = fields.String()
    grant_types = fields.List(fields.Enum(Grant, by_value=True))
    redirect_uris = fields.List(fields.String())
    sign_out_uris = fields.List(fields.String())
    scopes = fields.List(fields.String(), allow_none=True)
    state = fields.Enum(State, by_value=True)
    rotate_secret = fields.Boolean()

    @post_load
    def _made(self, values: dict[str, Any], **_: Any) -> Wanted:
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        return Wanted(**values | lists)


class ClientSchema(Wire):
    id = fields.String()
    name = fields.String()
    grant_types = fields.List(fields.Enum(Grant, by_value=True))
    redirect_uris = fields.List(fields.String())
    sign_out_uris = fields.List(fields.String())
    scopes = fields.List(fields.String(), allow_none=True)
    state = fields.Enum(State, by_value=True)
    created_at = Instant()


REGISTRATION = RegistrationSchema()
_CLIENT = ClientSchema()


def client(of: Client, secret: str | None = None) -> dict[str, Any]:
    """A client as answers show it; `secret` only where it was made just now."""
    body: dict[str, Any] = _CLIENT.dump(of)
    return body if secret is None else body | {"secret": secret}
