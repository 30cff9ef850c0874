"""The door of pictures. A file is encoded before the transaction begins, because that takes long."""

from base64 import b64decode
from binascii import Error
from typing import Any
from uuid import UUID

from flask import Response

from chassis.web import answered, caller, created, no_content, now, ok, reading, runtime, transaction
from engagement.actors import actor
from engagement.pictures import actions
from engagement.pictures.encoding import encoded
from engagement.pictures.model import MEDIA_TYPES, NotAPicture
from engagement.proposals import schemas


def add_picture(proposal_id: str, body: dict[str, Any]) -> Response:
    made = encoded(_decoded(body["content"]))
    with transaction() as tx:
        picture = actions.add(
            tx, UUID(proposal_id), body["alt"], made, by=actor(caller()), at=now(), sealer=runtime().sealer
        )
        return answered(tx, created(schemas.picture(picture)))


def describe_picture(proposal_id: str, picture_id: str, body: dict[str, Any]) -> Response:
    by, sealer = actor(caller()), runtime().sealer
    with transaction() as tx:
        picture = actions.describe(tx, UUID(proposal_id), UUID(picture_id), body["alt"], by=by, sealer=sealer)
    return ok(schemas.picture(picture))


def remove_picture(proposal_id: str, picture_id: str) -> Response:
    by, sealer = actor(caller()), runtime().sealer
    with transaction() as tx:
        actions.remove(tx, UUID(proposal_id), UUID(picture_id), by=by, at=now(), sealer=sealer)
    return no_content()


def get_picture_file(picture_id: str, name: str) -> Response:
    with reading() as tx:
        content = actions.file(tx, UUID(picture_id), name, by=actor(caller()), sealer=runtime().sealer)
    return Response(content, 200, mimetype=MEDIA_TYPES[name.rpartition(".")[2]])


def _decoded(content: str) -> bytes:
    try:
        return b64decode(content, validate=True)
    except Error:
        raise NotAPicture("This is no base64.", [("/content", "is not of RFC 4648")]) from None
