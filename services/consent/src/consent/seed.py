"""The seed: policies and data agreements of a YAML file, applied as often as one likes with one result.

What is there and equal is left alone; what differs gets a revision.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

import contracts
from chassis import clock
from chassis.database import Database, Transaction
from chassis.errors import NotFound, Refusal
from chassis.runtime import Runtime
from chassis.sealing import Sealer
from chassis.settings import BadSetting, ServiceSettings
from consent.actors import SEED
from consent.agreements import actions as agreements
from consent.agreements.model import Agreement
from consent.policies import actions as policies
from consent.policies.model import Policy
from consent.revisions.model import Content


class BadSeed(BadSetting):
    """The file cannot be applied; the message says where."""


def prepare(own: Runtime) -> None:
    """Apply SEED_FILE, where one is set. Raises BadSeed."""
    if own.settings.seed_file:
        apply(own.database, own.settings, own.settings.seed_file, own.clock())


def apply(database: Database, settings: ServiceSettings, path: str | Path, at: datetime | None = None) -> None:
    """Apply `{policies: [...], agreements: [...]}`, each with an id and spelled as on the wire; an agreement names its
    policy by `policyId`. Raises BadSeed.

    `at` is now when it is None.
    """
    said = yaml.safe_load(Path(path).read_text("utf-8")) or {}
    sealer, at = Sealer(settings.sealing_key), at or clock.system()
    with database.transaction() as tx:
        for written in said.get("policies", ()):
            _try(_policy, tx, written, at, sealer)
        for written in said.get("agreements", ()):
            _try(_agreement, tx, written, at, sealer)


def _try(one: Any, tx: Transaction, written: Content, at: datetime, sealer: Sealer) -> None:
    try:
        one(tx, written, at, sealer)
    except (TypeError, KeyError, Refusal, jsonschema_rs.ValidationError) as error:
        message = getattr(error, "message", "") or str(error)
        raise BadSeed(f"{written.get('id', 'an entry without id')}: {message}") from error


def _policy(tx: Transaction, written: Content, at: datetime, sealer: Sealer) -> None:
    wanted = Policy.of(_checked(written, "PolicyWritten"))
    try:
        standing = policies.shown(tx, wanted.id, None)
    except NotFound:
        policies.create(tx, wanted, by=SEED, at=at, sealer=sealer)
        return
    if Policy.of(standing.content) != wanted:
        policies.revise(tx, wanted, by=SEED, at=at, sealer=sealer)


def _agreement(tx: Transaction, written: Content, at: datetime, sealer: Sealer) -> None:
    policy_id = written["policyId"]
    said = {name: value for name, value in written.items() if name != "policyId"} | {"policy": {"id": policy_id}}
    wanted = Agreement.of(_checked(said, "DataAgreementWritten"))
    try:
        standing = agreements.shown(tx, wanted.id, None)
    except NotFound:
        agreements.create(tx, wanted, policy_id, by=SEED, at=at, sealer=sealer)
        return
    if Agreement.of(standing.content) != wanted or standing.content["policy"]["id"] != policy_id:
        agreements.revise(tx, wanted, policy_id, by=SEED, at=at, sealer=sealer)


def _checked(written: Content, name: str) -> Content:
    """As the contract has it on the wire. Raises jsonschema_rs.ValidationError, KeyError without an id."""
    components = contracts.openapi("consent")["components"]
    schema = {"$ref": f"#/components/schemas/{name}", "components": components}
    jsonschema_rs.Draft202012Validator(schema).validate(written)
    return {"id": written["id"], **written}
