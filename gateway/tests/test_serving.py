"""The process: starting, stopping, being killed, and what is said of its log afterwards."""

import asyncio
import io
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stdout

import aiohttp
import make
import pytest
from aiohttp import web
from world import World

from chassis.database import Database
from chassis.settings import load
from gateway import __main__, serving
from gateway.message_log.model import Finding
from gateway.settings import GatewaySettings


@pytest.fixture(autouse=True)
def _process_url(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process has a database of its own."""
    monkeypatch.setattr(World, "process_url", empty_url)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(world: World, **more: str) -> dict[str, str]:
    own = world.settings
    told = {
        "DATABASE_URL": world.process_url,
        "STATE_FOLDER": str(world.folder / "process"),
        "ISSUER": own.issuer,
        "JWKS_URL": own.jwks_url,
        "CATALOGUE_FILE": own.catalogue_file,
    }
    return {**os.environ, **told, **more}


def run(world: World, verb: str) -> tuple[int, str]:
    """A verb's exit status and what it prints, in this process: starting one takes seconds of a busy machine."""
    own = load(GatewaySettings, environment(world))
    verbs = {"migrate": __main__._migrate, "check": __main__._check, "verify-log": __main__._verify_log}
    out = io.StringIO()
    with redirect_stdout(out):
        return verbs[verb](own), out.getvalue()


@asynccontextmanager
async def process(world: World, **more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    port = free_port()
    run(world, "migrate")
    serving = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "gateway", "serve",
        env=environment(world, PORT=str(port), **more), stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    world.url = f"http://127.0.0.1:{port}"
    try:
        await ready(world)
        yield serving
    finally:
        if serving.returncode is None:
            serving.kill()
        await serving.wait()


async def ready(world: World) -> None:
    for _ in range(600):
        try:
            if (await world.call(by=None, target="/ready")).status == 200:
                return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.1)
    raise AssertionError("the mediator does not become ready")


async def test_a_terminated_mediator_finishes_what_is_in_flight_and_exits_0(mediator) -> None:
    async with mediator() as world, process(world, DRAIN_SECONDS="0.4") as serving:
        at_provider, release = asyncio.Event(), asyncio.Event()

        async def reply(_: web.Request) -> web.Response:
            at_provider.set()
            await release.wait()
            return web.Response(body=b"late but whole")

        world.provider.reply = reply
        in_flight = asyncio.create_task(world.call())
        await at_provider.wait()
        serving.send_signal(signal.SIGTERM)
        await asyncio.sleep(0.2)
        unready = await world.call(by=None, target="/ready")
        await asyncio.sleep(0.5)
        release.set()
        answer = await in_flight

        assert unready.status == 503
        assert (answer.status, answer.body) == (200, b"late but whole")
        assert await asyncio.wait_for(serving.wait(), 10) == 0
        assert run(world, "verify-log") == (0, "sound; 2 records in order\n")


async def test_a_renewed_certificate_is_looked_for_while_the_mediator_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    class Counted:
        looks = 0

        def refresh(self) -> None:
            self.looks += 1

    monkeypatch.setattr(serving.tls, "REFRESH_SECONDS", 0.01)
    certificate = Counted()

    renewing = asyncio.create_task(serving._renew(certificate))
    await asyncio.sleep(0.2)
    renewing.cancel()
    await renewing

    assert certificate.looks > 1


async def test_a_mediator_killed_after_recording_has_not_called_the_provider(mediator) -> None:
    async with mediator() as world, process(world, FAILPOINTS="gateway.after_request_record:hit=2:kill") as serving:
        assert (await world.call()).status == 200
        try:
            await world.call(method="POST")
            raise AssertionError("it was to be killed")
        except aiohttp.ClientError:
            pass

        assert await serving.wait() == -signal.SIGKILL
        assert len(world.provider.heard) == 1
        assert run(world, "verify-log") == (0, "sound; 3 records in order\n")


async def test_the_log_of_a_process_can_be_checked_and_an_alteration_is_named(mediator) -> None:
    async with mediator() as world, process(world) as serving:
        await world.call()
        serving.terminate()
        await serving.wait()

        database = Database(world.process_url)
        with database.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE message_record SET client = 'A/B/C/D' WHERE seq = 1")
        database.close()

        assert run(world, "verify-log") == (1, f"{Finding.ALTERED} at record 1; 0 records in order\n")


async def test_check_says_what_is_missing(mediator) -> None:
    async with mediator() as world:
        assert run(world, "check") == (1, "not ready: migrations\n")
        run(world, "migrate")
        assert run(world, "check") == (0, "ready\n")
        world.catalogue.write_text("rights: [{subject: x}]")
        status, told = run(world, "check")
        assert (status, told.startswith("not ready: ")) == (1, True)


async def test_connections_beyond_the_most_are_hung_up_and_the_rest_go_on(mediator) -> None:
    async with mediator() as world, process(world, MAX_CONNECTIONS="3"):
        port = int(world.url.rsplit(":", 1)[1])
        await world.session.close()
        await asyncio.sleep(0.1)
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        await asyncio.sleep(0.1)

        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert await asyncio.wait_for(reader.read(), 5) == b""
        held[0][1].write(b"GET /live HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await held[0][0].readline()).startswith(b"HTTP/1.1 200")

        for _, each in [*held, (reader, writer)]:
            each.close()


async def test_a_verb_is_run_from_the_command_line(mediator) -> None:
    async with mediator() as world:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "gateway", "check", env=environment(world), stdout=asyncio.subprocess.PIPE
        )
        out, _ = await process.communicate()

        assert (process.returncode, out) == (1, b"not ready: migrations\n")


async def test_keys_are_made_once_and_readable_by_their_owner_alone(mediator) -> None:
    async with mediator() as world:
        run(world, "migrate")
        folder = world.folder / "process"
        first = {path.name: path.read_bytes() for path in folder.iterdir()}
        run(world, "migrate")

        assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
        assert {"context.pem", "log.pem", "subject.key", "context-keys.json"} == set(first)
        assert all((folder / name).stat().st_mode & 0o077 == 0 for name in first if name != "context-keys.json")
        assert make.MEMBER.encode() not in b"".join(first.values())
