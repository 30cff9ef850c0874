"""The door of the verification."""

from flask import Response

from chassis.schemas import without_none
from chassis.web import ok, reading, runtime
from registry.data.sealing import Vault
from registry.verification import actions


def verify_access_log() -> Response:
    with reading() as tx:
        found = actions.verify(tx, Vault(runtime().sealer))
    broken = {"where": found.broken.where, "reason": found.broken.reason} if found.broken else None
    return ok(without_none({"unbroken": broken is None, "rows": found.rows, "broken": broken}))
