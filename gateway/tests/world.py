"""A whole mediator between a fake identity and a provider that counts its calls and tells what it saw."""

import asyncio
import io
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import make
import yaml
from aiohttp import web
from multidict import CIMultiDict
from sqlalchemy import Connection, text
from yarl import URL

from chassis.clock import FixedClock
from chassis.database import Database
from gateway.app import DATABASE, create_app, genuine, head_file, load_keys
from gateway.message_log import store
from gateway.message_log.model import Record, Verdict, verify
from gateway.message_log.writer import kept_head
from gateway.settings import GatewaySettings

APPLICATIONS = ("portal", "registry", "engagement")


@dataclass
class Heard:
    method: str
    target: str
    headers: CIMultiDict[str]
    body: bytes


@dataclass
class Provider:
    """Answers 200 with a constant body unless `reply` says otherwise."""

    heard: list[Heard] = field(default_factory=list)
    reply: Callable[[web.Request], Awaitable[web.StreamResponse]] | None = None
    before: Callable[[], None] | None = None

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if self.before:
            self.before()
        body = b"".join([part async for part in request.content.iter_any()])  # read() has a limit of its own
        self.heard.append(Heard(request.method, request.raw_path, CIMultiDict(request.headers), body))
        if self.reply:
            return await self.reply(request)  # type: ignore[arg-type]
        return web.json_response({"provider": "answers"})

    @property
    def last(self) -> Heard:
        return self.heard[-1]


@dataclass
class Answered:
    status: int
    headers: CIMultiDict[str]
    body: bytes


class World:
    process_url = ""  # the database of a process of its own, where a test starts one

    def __init__(self, folder: Path, database_url: str, settings: dict[str, Any]) -> None:
        self.folder, self._database_url = folder, database_url
        self.provider = Provider()
        self.jwks: Any = make.jwks()
        self.jwks_asked = 0
        self.jwks_status = 200
        self.clock = FixedClock(datetime.fromtimestamp(int(time.time()), UTC))
        self.rights: list[dict[str, Any]] = [
            {"subject": make.client("portal"), "application": make.client("registry"), "path": "/**"},
            {"subject": make.client("registry"), "application": make.client("engagement"), "path": "/**"},
            {"subject": "anonymous", "application": make.client("registry"), "methods": "GET", "path": "/public/*"},
        ]
        self._given = settings
        self._runners: list[web.BaseRunner] = []

    async def start(self) -> None:
        identity = await self._serve(web.ServerRunner(web.Server(self._identity, access_log=None)))
        providing = web.Server(self.provider.answer, auto_decompress=False, access_log=None)  # type: ignore[arg-type]
        self.provider_url = await self._serve(web.ServerRunner(providing))
        self.catalogue = self.folder / "catalogue.yaml"
        self.write_catalogue()
        self.settings = GatewaySettings(
            **{
                "database_url": self._database_url,
                "state_folder": str(self.folder / "state"),
                "issuer": make.ISSUER,
                "jwks_url": f"{identity}/.well-known/jwks.json",
                "catalogue_file": str(self.catalogue),
                "catalogue_poll_seconds": 0.1,
            }
            | self._given
        )
        self.database = Database(self.settings.database_url)
        self.app = create_app(self.settings, at=self.clock)
        self.app_database = self.app[DATABASE]
        self.runner = web.AppRunner(self.app, access_log=None, auto_decompress=False, shutdown_timeout=2)
        self.url = await self._serve(self.runner)
        self.session = aiohttp.ClientSession(auto_decompress=False)

    async def stop(self) -> None:
        await self.session.close()
        for runner in reversed(self._runners):
            await runner.cleanup()
        self.database.close()

    def write_catalogue(self, **changes: Any) -> None:
        services = [{"code": code, "name": code, "url": self.provider_url} for code in APPLICATIONS]
        told = {
            "members": [{"id": make.MEMBER, "name": "Ministry", "applications": services}],
            "rights": self.rights,
        }
        self.catalogue.write_text(yaml.safe_dump(told | changes))

    async def call(
        self,
        path: str = "/v1/entries",
        *,
        method: str = "GET",
        to: str = "registry",
        by: str | None = "portal",
        headers: dict[str, str] | Sequence[tuple[str, str]] = (),
        body: bytes | None = None,
        target: str | None = None,
    ) -> Answered:
        """A call of application `by`, with its token and header unless `headers` brings others."""
        told = CIMultiDict(headers)
        if by is not None:
            told.setdefault("Proxy-Authorization", f"Bearer {make.application_token(by)}")
            told.setdefault("Information-Mediator-Client", make.client(by))
        url = URL(self.url + (target or f"/r1/{make.MEMBER}/{to}/api{path}"), encoded=True)
        data = io.BytesIO(body) if isinstance(body, bytes) else body
        async with self.session.request(method, url, headers=told, data=data, allow_redirects=False) as response:
            return Answered(response.status, CIMultiDict(response.headers), await response.read())

    def records(self) -> list[Record]:
        with self.database.reading() as tx:
            return list(store.records(tx))

    def verdict(self) -> Verdict:
        keys = load_keys(self.settings)
        with self.database.reading() as tx:
            return verify(
                store.records(tx),
                store.signed(tx),
                genuine=lambda signed: genuine(keys, self.settings.instance, signed),
                kept=kept_head(head_file(self.settings)),
            )

    def sql(self, statement: str, **values: Any) -> None:
        """What an attacker or an accident does to the database behind the mediator's back."""
        connection: Connection
        with self.database.engine.begin() as connection:
            connection.execute(text(statement), values)

    async def raw(self, request: bytes) -> bytes:
        """Bytes over a bare connection, for what no client library would send."""
        address = URL(self.url)
        reader, writer = await asyncio.open_connection(address.host, address.port)
        writer.write(request)
        await writer.drain()
        answer = await asyncio.wait_for(reader.read(65536), 10)
        writer.close()
        await writer.wait_closed()
        return answer

    async def _identity(self, request: web.BaseRequest) -> web.Response:
        self.jwks_asked += 1
        return web.json_response(self.jwks, status=self.jwks_status)

    async def _serve(self, runner: web.BaseRunner) -> str:
        self._runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        return f"http://{host}:{port}"
