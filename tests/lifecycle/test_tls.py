"""TLS on every way between processes: 1.3 alone, checked against the mesh's own authority, plain words refused."""

import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from running import free_shift

from chassis import cli
from chassis.errors import Unavailable
from chassis.http_client import PeerClient, session
from chassis.settings import load
from chassis.tls import Authorities
from gateway import __main__ as gateway
from gateway.settings import GatewaySettings
from mesh.deployment.certificates import Authority
from mesh.layout import MEMBER, Layout
from mesh.prepare import prepare

PROCESSES = ("identity", "consent", "gateway", "portal")
_READY_SECONDS = 90


@dataclass
class Encrypted:
    """A mesh of which every address says https. `ca` is whom its processes believe."""

    layout: Layout
    ca: str
    running: dict[str, subprocess.Popen[bytes]]

    def url(self, name: str) -> str:
        return self.layout.urls()[name].replace("http:", "https:")

    def gateway_client(self, ca: str) -> PeerClient:
        """The demonstration's, as an application of its own would be."""
        secret = self.layout.secret("client-demo").read_text()
        return PeerClient(self.url("gateway"), f"{MEMBER}/demo", secret, ca)


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Encrypted]:
    layout = Layout(tmp_path_factory.mktemp("encrypted"), free_shift())
    prepare(layout)
    authority = Authority(layout.state, datetime.now(UTC))
    catalogue = layout.seed("catalogue")
    catalogue.write_text(catalogue.read_text().replace("http://", "https://"))
    running = {}
    with (layout.state / "log").open("w") as output:
        for name in PROCESSES:
            folder = layout.state / "tls" / name
            folder.mkdir(parents=True)
            authority.certify(name, folder)
            told = {
                variable: value.replace("http://", "https://") for variable, value in layout.environment(name).items()
            }
            told |= {
                "TLS_CERTIFICATE": f"{folder}/tls.crt",
                "TLS_KEY": f"{folder}/tls.key",
                "TLS_CA": f"{folder}/ca.crt",
            }
            command = [sys.executable, "-W", "ignore", "-m", "mesh.serving", name]
            running[name] = subprocess.Popen(command, env=os.environ | told, stdout=output, stderr=subprocess.STDOUT)
    made = Encrypted(layout, f"{layout.state}/tls/gateway/ca.crt", running)
    try:
        with session(Authorities(made.ca).context()) as client:
            for name in PROCESSES:
                wait_until_ready(client, made.url(name))
        yield made
    finally:
        for process in running.values():
            process.kill()
            process.wait()


def wait_until_ready(client: requests.Session, url: str) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while True:
        try:
            if client.get(f"{url}/ready", timeout=5).status_code == 200:
                return
        except requests.ConnectionError:
            pass
        assert time.monotonic() < deadline, f"{url} does not become ready"
        time.sleep(0.2)


def shake(url: str, believed: ssl.SSLContext) -> ssl.SSLSocket:
    """A connection whose handshake is done."""
    parts = urlsplit(url)
    plain = socket.create_connection((parts.hostname, parts.port), timeout=10)
    return believed.wrap_socket(plain, server_hostname=parts.hostname)


@pytest.mark.timeout(150)
def test_a_call_goes_encrypted_from_the_application_to_the_block(encrypted: Encrypted) -> None:
    answer = encrypted.gateway_client(encrypted.ca).call("consent", "GET", "/service/verification/keys/")

    assert answer.status == 200, "client → mediator → identity's keys, mediator → block → the mediator's keys"


@pytest.mark.timeout(60)
def test_the_portal_reads_the_providers_addresses_encrypted(encrypted: Encrypted) -> None:
    with session(Authorities(encrypted.ca).context()) as client:
        sent_on = client.get(f"{encrypted.url('portal')}/sign-in", timeout=20, allow_redirects=False)

    assert sent_on.headers["Location"].startswith(f"{encrypted.url('identity')}/")


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", PROCESSES)
def test_every_process_speaks_tls_1_3_and_nothing_else(encrypted: Encrypted, name: str) -> None:
    old = ssl.create_default_context(cafile=encrypted.ca)
    old.maximum_version = ssl.TLSVersion.TLSv1_2

    with shake(encrypted.url(name), Authorities(encrypted.ca).context()) as spoken:
        assert spoken.version() == "TLSv1.3"
    with pytest.raises(ssl.SSLError):
        shake(encrypted.url(name), old)
    with pytest.raises(requests.ConnectionError):
        requests.get(encrypted.url(name).replace("https:", "http:") + "/live", timeout=10)


@pytest.mark.timeout(60)
def test_a_mediator_of_another_authority_is_not_believed(encrypted: Encrypted, tmp_path: Path) -> None:
    Authority(tmp_path, datetime.now(UTC))

    with pytest.raises(Unavailable):
        encrypted.gateway_client(str(tmp_path / "ca.crt")).call("consent", "GET", "/service/verification/keys/")


@pytest.mark.timeout(60)
def test_an_idle_encrypted_connection_holds_no_process_back(encrypted: Encrypted) -> None:
    believed = Authorities(encrypted.ca).context()
    held = {name: shake(encrypted.url(name), believed) for name in PROCESSES}
    for connection in held.values():
        connection.sendall(b"GET /live HTTP/1.1\r\nHost: here\r\n\r\n")
        assert connection.recv(12) == b"HTTP/1.1 200"
    told = time.monotonic()
    for process in encrypted.running.values():
        process.send_signal(signal.SIGTERM)

    statuses = {name: process.wait(30) for name, process in encrypted.running.items()}
    seconds = time.monotonic() - told
    for connection in held.values():
        connection.close()

    print(f"all ended within {seconds:.1f} s")
    assert statuses == dict.fromkeys(PROCESSES, 0)
    assert seconds < 15


BEYOND = {"consent": "GATEWAY_URL", "gateway": "ISSUER", "portal": "ISSUER"}  # whom each of them calls


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"HOST": "::"}, "HOST=:: is beyond this machine and needs TLS_CERTIFICATE and TLS_KEY"),
        ({"a peer": "http://peer:8101"}, "peer is beyond this machine and needs https://"),
        ({"TLS_CERTIFICATE": "/gone", "TLS_KEY": "/gone"}, "TLS_CERTIFICATE and TLS_KEY cannot be read"),
        ({"TLS_CA": "/gone"}, "TLS_CA cannot be read"),
    ],
)
@pytest.mark.parametrize("name", list(BEYOND))
def test_what_would_speak_in_the_clear_or_with_lost_files_does_not_start(
    name: str,
    wrong: dict[str, str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    layout = Layout(tmp_path)
    prepare(layout)
    told = {variable.replace("a peer", BEYOND[name]): value for variable, value in wrong.items()}
    for variable, value in (layout.environment(name) | told).items():
        monkeypatch.setenv(variable, value)

    status = _serve(name)

    assert status == 2
    assert said in capsys.readouterr().err


def test_a_block_registered_without_tls_beyond_this_machine_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layout = Layout(tmp_path)
    prepare(layout)
    catalogue = layout.seed("catalogue")
    catalogue.write_text(catalogue.read_text().replace(layout.block_url("consent"), "http://consent:8102"))

    status = gateway._check(load(GatewaySettings, layout.environment("gateway")))

    assert status == 1
    assert "CATALOGUE_FILE: consent is beyond this machine and needs https://" in capsys.readouterr().out


def _serve(name: str) -> int:
    if name == "consent":
        return cli.main(import_module("consent.app").SERVICE, import_module("consent.settings").Settings, ["serve"])
    return int(import_module(f"{name}.__main__").main(["serve"]))
