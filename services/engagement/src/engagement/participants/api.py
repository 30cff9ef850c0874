"""The door of participations."""

from uuid import UUID

from flask import Response

from chassis.web import caller, created, now, ok, reading, runtime, transaction
from engagement.actors import actor
from engagement.participants import actions, schemas


def join_process(process_id: str, body: dict[str, object]) -> Response:
    wanted = schemas.JOINING.load(body)
    own = runtime()
    verifying = own.settings.verifying_assurances
    with transaction() as tx:
        participant, new = actions.join(
            tx, UUID(process_id), wanted, by=actor(caller()), at=now(), sealer=own.sealer, verifying=verifying
        )
    return (created if new else ok)(schemas.PARTICIPATION.dump(participant))


def get_my_participation(process_id: str) -> Response:
    with reading() as tx:
        participant = actions.mine(tx, UUID(process_id), by=actor(caller()), sealer=runtime().sealer)
    return ok(schemas.PARTICIPATION.dump(participant))
