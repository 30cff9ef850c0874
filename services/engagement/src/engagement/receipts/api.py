"""The door of receipts."""

from flask import Response

from chassis.web import ok, reading
from engagement.receipts import schemas, store


def get_receipt(code: str) -> Response:
    with reading() as tx:
        leaf, counts_as = store.find(tx, code)
    return ok(schemas.status(leaf, counts_as))
