"""The front door: the mediator's parts, built from its settings, as one aiohttp application."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any

import orjson
from aiohttp import web

from chassis import clock, plaintext, tracing
from chassis.clock import Clock
from chassis.database import Database
from chassis.failpoints import Failpoints
from chassis.figures import ready
from chassis.metrics import Metrics
from chassis.tracing import Tracing
from gateway import keys
from gateway.callers.keys import Fetch, IdentityKeys
from gateway.callers.tokens import Tokens
from gateway.catalogue.actions import Directory, seed
from gateway.figures import actions as figures
from gateway.health import Health, json_response
from gateway.keys import Keys
from gateway.mediation.actions import FAILPOINTS, Parts
from gateway.mediation.api import Door
from gateway.mediation.context import Contexts
from gateway.mediation.forward import Forwarder
from gateway.mediation.identify import Limits
from gateway.mediation.limits import Buckets
from gateway.mediation.subjects import Subjects
from gateway.mediation.traces import Traces
from gateway.message_log.model import Head, Signed, statement
from gateway.message_log.writer import Writer
from gateway.settings import GatewaySettings

FAILS_AT = web.AppKey("failpoints", Failpoints)
HEALTH = web.AppKey("health", Health)
DATABASE = web.AppKey("database", Database)
DIRECTORY = web.AppKey("directory", Directory)
_HEAD_FILE = "log-head.json"
_CONTEXT_KEYS_FILE = "context-keys.json"


def create_app(settings: GatewaySettings, *, at: Clock = clock.system) -> web.Application:
    """The mediator on a migrated database. When it starts, the catalogue file is applied."""
    own, database, metrics = load_keys(settings), Database(settings.database_url), Metrics("gateway")
    parts = _parts(settings, own, database, metrics, at)
    app = web.Application()
    app[HEALTH] = health = Health(database, metrics, parts.records.alive)
    figures.register(metrics, settings, database, head_file(settings))
    ready(metrics, health.reasons)
    app[DATABASE], app[DIRECTORY], app[FAILS_AT] = database, parts.directory, parts.failpoints
    app.on_response_prepare.append(health.ask_to_connect_anew)
    app.cleanup_ctx.append(lambda _: _running(settings, parts, database))
    door = Door(
        parts,
        metrics,
        places=settings.max_in_flight,
        max_body_bytes=settings.max_body_bytes,
        body_timeout_seconds=settings.body_timeout_seconds,
    )

    async def show_context_keys(_request: web.Request) -> web.Response:
        return json_response(context_keys(own))

    app.router.add_get("/live", health.live)
    app.router.add_get("/ready", health.ready)
    app.router.add_get("/metrics", health.metrics)
    app.router.add_get("/openapi.json", health.openapi)
    app.router.add_get("/.well-known/context-keys.json", show_context_keys)
    app.router.add_route("*", "/{call:.*}", door.answer)
    return app


def load_keys(settings: GatewaySettings) -> Keys:
    """The mediator's keys; the public half of the context key is also written for blocks that read it from a file."""
    folder = Path(settings.state_folder)
    own = keys.load(folder, context=settings.context_key, log=settings.log_key, subject=settings.subject_key)
    public = folder / _CONTEXT_KEYS_FILE
    beside = public.with_suffix(".new")
    beside.write_bytes(orjson.dumps(context_keys(own)))
    beside.replace(public)
    return own


def context_keys(own: Keys) -> dict[str, Any]:  # Any: a JSON Web Key Set
    """The keys by which blocks know a context."""
    return {"keys": [key.jwk() for key in own.contexts.known]}


def head_file(settings: GatewaySettings) -> Path:
    """Where the message log's last head is kept outside the database."""
    return Path(settings.state_folder) / _HEAD_FILE


def refuse_plaintext(settings: GatewaySettings, addresses: Iterable[str]) -> None:
    """Refuse services beyond this machine that are registered without TLS. Raises BadSetting."""
    if not settings.allow_plaintext:
        for address in addresses:
            plaintext.refuse_call("CATALOGUE_FILE", address)


def genuine(own: Keys, instance: str, signed: Signed) -> bool:
    """Whether the mediator itself signed this head of its log."""
    said = statement(instance, signed.head)
    return any(key.vouches(signed.key_id, signed.head.seq, signed.signature, said) for key in own.logs.known)


def _parts(settings: GatewaySettings, own: Keys, database: Database, metrics: Metrics, at: Clock) -> Parts:
    forwarder = Forwarder(
        timeout_seconds=settings.provider_timeout_seconds,
        connect_seconds=settings.connect_timeout_seconds,
        connections=settings.provider_connections,
        max_answer_bytes=settings.max_answer_bytes,
        authorities=settings.tls_ca,
    )
    subjects = Subjects(own.subject)
    identity = IdentityKeys(_jwks(forwarder, settings.keys_url()), monotonic)
    return Parts(
        directory=Directory(database),
        tokens=Tokens(identity, settings.issuer, settings.audience),
        limits=Limits(
            Buckets(settings.requests_per_second, settings.requests_burst),
            Buckets(settings.anonymous_per_second, settings.anonymous_burst),
        ),
        subjects=subjects,
        contexts=Contexts(own.context, subjects, settings.instance),
        records=_records(settings, own, database, metrics),
        forwarder=forwarder,
        traces=Traces(_spans(settings) if settings.otlp_endpoint else None),
        failpoints=Failpoints(settings.failpoints, FAILPOINTS),
        clock=at,
    )


def _spans(settings: GatewaySettings) -> Tracing:
    return tracing.exporting("gateway", settings.otlp_endpoint, settings.tls_ca)


def _records(settings: GatewaySettings, own: Keys, database: Database, metrics: Metrics) -> Writer:
    def sign(head: Head) -> Signed:
        return Signed(head, own.log.id, own.log.sign(statement(settings.instance, head)))

    return Writer(
        database,
        sign,
        head_file=head_file(settings),
        written=lambda records: metrics.observe("gateway_log_batch_records", records),
        patience_seconds=settings.log_timeout_seconds,
    )


def _jwks(forwarder: Forwarder, url: str) -> Fetch:
    async def fetch() -> Any:  # Any: parsed JSON, checked by whoever asked
        answer = await forwarder.send("GET", url, [("Accept", "application/json")], b"")
        if answer.status != 200:
            raise ValueError(f"identity answers {answer.status}")
        return orjson.loads(answer.body)

    return fetch


async def _running(settings: GatewaySettings, parts: Parts, database: Database) -> AsyncIterator[None]:
    """Everything that lives as long as the application: registrations, log, session."""
    await asyncio.to_thread(_register, settings, parts, database)
    parts.forwarder.open()
    parts.records.open()
    following = asyncio.create_task(parts.directory.follow(min(settings.catalogue_poll_seconds, 5.0)))
    yield
    following.cancel()
    with suppress(asyncio.CancelledError):
        await following
    await asyncio.to_thread(parts.records.close)
    await parts.forwarder.close()
    parts.traces.close()
    database.close()


def _register(settings: GatewaySettings, parts: Parts, database: Database) -> None:
    if settings.catalogue_file:
        text = Path(settings.catalogue_file).read_text("utf-8")
        with database.transaction() as tx:
            seed(tx, text, at=parts.clock())
    parts.directory.read()
    refuse_plaintext(settings, parts.directory.now.base_urls.values())
