"""No evidence, no exchange; and nothing in the evidence that names a person or opens a door."""

import asyncio
import logging

import make
import orjson
import pytest
from aiohttp import web
from world import World

from chassis.testing.tampering import everything
from gateway.mediation.actions import AFTER_FORWARD, AFTER_REQUEST_RECORD, BEFORE_REPLY
from gateway.message_log.model import Finding


async def test_an_exchange_leaves_a_pair_of_records(mediator) -> None:
    async with mediator() as world:
        answer = await world.call("/v1/entries?email=ada@example.org", method="POST", body=b"body")

        request, response = world.records()
        assert {request.request_id, response.request_id} == {answer.headers["X-Road-Request-Id"]}
        facts = orjson.loads(request.content)
        assert (facts["method"], facts["path"], facts["bodyBytes"]) == ("POST", "/v1/entries", 4)
        assert facts["requestHash"] == answer.headers["X-Road-Request-Hash"]
        assert facts["messageId"] == answer.headers["X-Road-Id"]
        assert orjson.loads(response.content)["statusCode"] == 200
        assert world.verdict().finding is Finding.SOUND


async def test_the_request_is_on_disk_before_the_provider_is_called(mediator) -> None:
    async with mediator() as world:
        seen: list[list[str]] = []

        def look() -> None:
            seen.append([record.kind for record in world.records()])

        world.provider.before = look
        await world.call()

        assert seen == [["request"]]


@pytest.mark.sqlite
async def test_a_full_disk_stops_calls_before_the_provider(mediator) -> None:
    async with mediator() as world:
        await world.call()
        fill(world)

        answers = [await world.call("/" + "x" * 1500) for _ in range(12)]

        failed = [answer for answer in answers if answer.status == 500]
        assert failed[-1] is answers[-1]
        assert {answer.headers["X-Road-Error"] for answer in failed} == {"server.clientproxy.logging_failed"}
        on_record = [record for record in world.records() if record.kind == "request"]
        assert len(world.provider.heard) == len(on_record)


def fill(world: World) -> None:
    """From now on SQLite says SQLITE_FULL where a new page is needed, as it does on a full disk."""
    database = world.app_database
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    held = [database.engine.raw_connection() for _ in range(8)]
    for connection in held:
        connection.execute(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]
    for connection in held:
        connection.close()


async def test_without_its_database_the_mediator_calls_nobody_and_is_not_ready(mediator) -> None:
    async with mediator() as world:
        world.sql("ALTER TABLE message_record RENAME TO gone")

        answers = await asyncio.gather(*(world.call() for _ in range(20)))

        assert {answer.status for answer in answers} == {500}
        assert {answer.headers["X-Road-Error"] for answer in answers} == {"server.clientproxy.logging_failed"}
        assert b"gone" not in answers[0].body
        assert world.provider.heard == []
        world.sql("ALTER TABLE gone RENAME TO message_record")
        assert (await world.call()).status == 200
        assert world.verdict().finding is Finding.SOUND


async def test_an_answer_that_cannot_be_recorded_is_not_given(mediator) -> None:
    async with mediator() as world:

        async def reply(_: web.Request) -> web.Response:
            await asyncio.to_thread(world.sql, "ALTER TABLE message_record RENAME TO gone")
            return web.Response(body=b"the provider's words")

        world.provider.reply = reply
        answer = await world.call()

        assert (answer.status, answer.headers["X-Road-Error"]) == (500, "server.clientproxy.logging_failed")
        assert b"words" not in answer.body
        world.sql("ALTER TABLE gone RENAME TO message_record")
        assert [record.kind for record in world.records()] == ["request"]


@pytest.mark.parametrize(
    ("point", "kinds", "called"),
    [
        (AFTER_REQUEST_RECORD, ["request"], 0),
        (AFTER_FORWARD, ["request"], 1),
        (BEFORE_REPLY, ["request", "response"], 1),
    ],
)
async def test_what_stands_when_it_fails_at(mediator, point: str, kinds: list[str], called: int) -> None:
    async with mediator(failpoints=f"{point}:error") as world:
        answer = await world.call()

        assert (answer.status, answer.headers["X-Road-Error"]) == (500, "server.clientproxy.internal_error")
        assert [record.kind for record in world.records()] == kinds
        assert len(world.provider.heard) == called
        assert (await world.call()).status == 200
        assert world.verdict().finding is Finding.SOUND


async def test_two_hundred_at_once_leave_two_hundred_pairs_and_one_chain(mediator) -> None:
    async with mediator() as world:
        answers = await asyncio.gather(
            *(world.call(f"/v1/{number}", method="POST", body=b"x") for number in range(200))
        )

        assert {answer.status for answer in answers} == {200}
        kinds: dict[str, list[str]] = {}
        for record in world.records():
            kinds.setdefault(record.request_id, []).append(record.kind)
        assert kinds.keys() == {answer.headers["X-Road-Request-Id"] for answer in answers}
        assert all(pair == ["request", "response"] for pair in kinds.values())
        assert (world.verdict().finding, world.verdict().length) == (Finding.SOUND, 400)


TAMPERING = {
    "altered": "UPDATE message_record SET content = replace(content, 'POST', 'PUT') WHERE seq = 3",
    "deleted": "DELETE FROM message_record WHERE seq = 3",
    "truncated": "DELETE FROM message_record WHERE seq > 3",
    "unsigned": "DELETE FROM message_head WHERE seq > 2",
}


@pytest.mark.parametrize(("finding", "statement"), TAMPERING.items())
async def test_tampering_with_the_stored_log_is_named(mediator, finding: str, statement: str) -> None:
    async with mediator() as world:
        for _ in range(3):
            await world.call(method="POST")
        assert world.verdict().finding is Finding.SOUND

        world.sql(statement)

        assert world.verdict().finding == finding
        assert world.verdict().seq == (4 if finding == "truncated" else 3)


async def test_an_end_cut_off_with_its_heads_is_known_from_the_kept_head(mediator) -> None:
    async with mediator() as world:
        for _ in range(3):
            await world.call()
        await asyncio.sleep(1.1)
        await world.call()

        world.sql("DELETE FROM message_head WHERE seq > 2")
        world.sql("DELETE FROM message_record WHERE seq > 2")

        assert (world.verdict().finding, world.verdict().seq) == (Finding.TRUNCATED, 3)


async def test_no_secret_and_no_person_is_in_the_log_or_in_the_logs(mediator, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    application, person = make.application_token(), make.person_token()
    canaries = ["canary-cookie", "canary-context", "canary-body", "canary-query", "canary-header", "canary-answer"]
    async with mediator() as world:

        async def reply(_: web.Request) -> web.Response:
            return web.Response(
                body=b"canary-answer", headers={"Set-Cookie": "canary-cookie", "X-Person": "canary-header"}
            )

        world.provider.reply = reply
        for to in ("registry", "engagement"):
            await world.call(
                "/v1/entries?q=canary-query",
                to=to,
                method="POST",
                body=b"canary-body",
                headers={
                    "Proxy-Authorization": f"Bearer {application}",
                    "Authorization": f"Bearer {person}",
                    "Cookie": "canary-cookie",
                    "Baraza-Context": "canary-context",
                    "X-Email": "canary-header",
                },
            )
        sent = world.provider.last.headers["Baraza-Context"]
        rows = everything(world.database)

    files = [path for path in world.folder.rglob("*") if path.is_file() and path.suffix != ".yaml"]
    stored = b"".join([rows, *(path.read_bytes() for path in files)])
    written = "\n".join(str(record.__dict__) for record in caplog.records).encode()
    secrets = [application, person, sent, str(make.ADA), make.ADA.hex, *canaries]
    secrets += [token.split(".")[2] for token in (application, person, sent)]
    for secret in secrets:
        assert secret.encode() not in stored, secret
        assert secret.encode() not in written, secret
    assert make.ADA.bytes not in stored
    assert b"sha256:" in stored
