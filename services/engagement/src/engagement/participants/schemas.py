"""Participations on the wire."""

from typing import Any

from marshmallow import fields, post_load

from chassis.schemas import Instant, Wire
from engagement.participants.model import Joining


class JoiningSchema(Wire):
    display_name = fields.String()
    email = fields.String()
    language = fields.String()
    agrees = fields.Boolean(load_only=True)

    @post_load
    def _made(self, values: dict[str, Any], **_: Any) -> Joining:
        return Joining(values["display_name"], values.get("email"), values.get("language"))


class ParticipationSchema(Wire):
    id = fields.UUID()
    process_id = fields.UUID()
    display_name = fields.String()
    state = fields.String()
    ladder_step = fields.Integer()
    consent_record_id = fields.String(allow_none=True)
    joined_at = Instant()


JOINING = JoiningSchema()
PARTICIPATION = ParticipationSchema()
