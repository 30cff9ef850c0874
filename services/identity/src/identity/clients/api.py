"""The door of clients."""

from flask import Response

from chassis import paging
from chassis.web import caller, created, now, ok, reading, runtime, transaction
from identity.actors import actor
from identity.clients import actions, schemas, store


def list_clients(limit: int, cursor: str | None = None) -> Response:
    after = paging.decode(cursor, 1)
    with reading() as tx:
        found = store.page(tx, str(after[0]) if after else None, limit + 1)
    page = paging.page(found, limit, lambda client: [client.id])
    return ok({"items": [schemas.client(each) for each in page.items], "next": page.next})


def get_client(instance: str, member_class: str, member_code: str, application: str) -> Response:
    with reading() as tx:
        found = store.find(tx, "/".join((instance, member_class, member_code, application)))
    return ok(schemas.client(found))


def put_client(
    instance: str, member_class: str, member_code: str, application: str, body: dict[str, object]
) -> Response:
    client_id = "/".join((instance, member_class, member_code, application))
    wanted = schemas.REGISTRATION.load(body)
    with transaction() as tx:
        client, secret, new = actions.put(tx, client_id, wanted, by=actor(caller()), at=now(), sealer=runtime().sealer)
    return (created if new else ok)(schemas.client(client, secret))
