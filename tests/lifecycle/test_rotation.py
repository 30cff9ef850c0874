"""Every key of a running mesh is exchanged, a step at a time; who held a token or had an account notices nothing."""

import base64
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from running import Running, start

from chassis.sealing import ring
from gateway.keys import ring as pem_ring
from mesh.backup.verify import verify
from mesh.layout import MEMBER
from mesh.up import not_ready

SEALED = ("identity", "consent", "messaging", "scheduler", "engagement")  # registry's entries are evidence and stay
_WAIT_SECONDS = 90


@pytest.fixture(scope="module")
def mesh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = start(tmp_path_factory.mktemp("rotated"), "--seed")
    yield running
    running.stop()


def token(mesh: Running) -> str:
    """The portal's own."""
    secret = mesh.layout.secret("client-portal").read_text()
    proof = ":".join(urllib.parse.quote(each, safe="") for each in (f"{MEMBER}/portal", secret))
    asked = urllib.request.Request(  # noqa: S310 - our own loopback address
        f"{mesh.layout.issuer}/oauth/v2/token",
        b"grant_type=client_credentials",
        {"Authorization": f"Basic {base64.b64encode(proof.encode()).decode()}"},
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310 - as above
        return str(orjson.loads(answer.read())["access_token"])


def kid(token: str) -> str:
    head = token.split(".", 1)[0]
    return str(orjson.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))["kid"])


def carried(mesh: Running, token: str) -> int:
    """Status of a call through the mediator with this token: its signature, the context's, the log's."""
    headers = {"Proxy-Authorization": f"Bearer {token}", "Information-Mediator-Client": f"{MEMBER}/portal"}
    url = f"{mesh.layout.gateway_url}/r1/{MEMBER}/engagement/api/v1/processes"
    asked = urllib.request.Request(url, headers=headers)  # noqa: S310 - as above
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310 - as above
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def step(mesh: Running, process: str, *words: str) -> int:
    """Run a command with the environment of one of the mesh's processes."""
    environment = os.environ | mesh.layout.environment(process) | {"PYTHONWARNINGS": "ignore"}
    return subprocess.run([sys.executable, "-m", *words], env=environment, check=False).returncode


def children(mesh: Running) -> dict[str, int]:
    """Process ids of what reads exchanged keys: blocks and gateway."""
    found = {}
    for path in Path(f"/proc/{mesh.process.pid}/task/{mesh.process.pid}/children").read_text().split():
        words = Path(f"/proc/{path}/cmdline").read_bytes().split(b"\0")
        found |= {name: int(path) for name in ("blocks", "gateway") if name.encode() in words}
    return found


def again(mesh: Running) -> None:
    """End them; the launcher starts them again, and they read their files again."""
    before = children(mesh)
    assert len(before) == 2
    for pid in before.values():
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < deadline:
        now = children(mesh)
        if now.keys() == before.keys() and not set(now.values()) & set(before.values()) and not not_ready(mesh.layout):
            return
        time.sleep(0.2)
    raise AssertionError(not_ready(mesh.layout))


@pytest.mark.timeout(600)
def test_tokens_outlive_the_key_that_signed_them(mesh: Running) -> None:
    old = token(mesh)

    assert step(mesh, "identity", "identity.keys", "rotate", "--lead", "20") == 0
    assert kid(token(mesh)) == kid(old), "a new key does not sign before it was published for a while"
    deadline = time.monotonic() + _WAIT_SECONDS
    while kid(new := token(mesh)) == kid(old) and time.monotonic() < deadline:
        time.sleep(0.5)

    assert kid(new) != kid(old)
    assert [carried(mesh, each) for each in (old, new)] == [200, 200]


@pytest.mark.timeout(600)
def test_keys_in_files_are_exchanged_step_by_step(mesh: Running) -> None:
    held = token(mesh)
    layout, gateway = mesh.layout, mesh.layout.state / "gateway"
    before = {name: pem_ring((gateway / f"{name}.pem").read_text()).signing.id for name in ("context", "log")}
    sealed = {name: layout.secret(f"seal-{name}").read_text() for name in SEALED}

    for name in ("add", "promote", "retire"):
        if name == "retire":  # nothing may need the old keys then
            assert [step(mesh, block, "chassis.rotation", "reseal", block) for block in SEALED] == [0] * len(SEALED)
        for key in ("context", "log"):
            assert step(mesh, "gateway", "gateway.rotation", key, name) == 0
        for block in SEALED:
            assert step(mesh, block, "chassis.rotation", name, str(layout.secret(f"seal-{block}"))) == 0
        again(mesh)
        assert carried(mesh, held) == 200
        assert carried(mesh, token(mesh)) == 200

    for key, was in before.items():
        assert pem_ring((gateway / f"{key}.pem").read_text()).signing.id != was
    for block, text in sealed.items():
        assert text not in layout.secret(f"seal-{block}").read_text()
        assert len(ring(layout.secret(f"seal-{block}").read_text()).keys) == 1
    assert [each for each in verify(layout) if each.flaw] == []


def test_evidence_keeps_the_key_that_opens_it(mesh: Running) -> None:
    file = mesh.layout.secret("seal-registry")
    for name in ("add", "promote"):
        assert step(mesh, "registry", "chassis.rotation", name, str(file)) == 0

    assert step(mesh, "registry", "chassis.rotation", "reseal", "registry") == 3

    assert [each for each in verify(mesh.layout) if each.flaw] == []
