"""The door of signing keys."""

from flask import Response

from chassis.web import now, ok, reading, runtime, transaction
from identity.keys import actions

_CACHED_SECONDS = 60  # short, so that a new key is known well before it signs


def get_signing_keys() -> Response:
    with reading() as tx:
        body = actions.jwks(tx, at=now())
    if not body["keys"]:
        with transaction() as tx:
            actions.ensure(tx, bits=runtime().settings.key_bits, at=now(), sealer=runtime().sealer)
            body = actions.jwks(tx, at=now())
    response = ok(body)
    response.headers["Cache-Control"] = f"public, max-age={_CACHED_SECONDS}"
    return response
