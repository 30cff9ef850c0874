"""The door of the public keys."""

from flask import Response

from chassis.web import ok, reading, runtime
from consent.keys import store


def list_signing_keys() -> Response:
    with reading() as tx:
        return ok({"keys": store.public(tx, runtime().sealer)})
