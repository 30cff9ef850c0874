"""A process that is told exactly what its manifests say does what they expect of it: it migrates, waits, answers its
probes and its metrics over TLS 1.3, and ends in time. The database is SQLite, the folder /run another; nothing else is
changed."""

import base64
import os
import signal
import sqlite3
import ssl
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from ipaddress import ip_address
from pathlib import Path

import local_secrets
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from rendering import NAME, Document, Manifests, pod, rendered, serving

from chassis.local.server import free_port
from mesh.layout import BLOCKS

BLOCK = "consent"
LOOPBACK = ip_address("127.0.0.1")
VAULT = local_secrets.Vault()
_PATIENCE_SECONDS = 120  # a start takes three seconds, on a machine that does nothing else


@pytest.mark.timeout(300)
def test_a_process_does_what_its_manifests_expect(tmp_path: Path) -> None:
    said = rendered(f"overlays/production/{BLOCK}")
    (job,) = said.of("Job")
    deployment = said.one("Deployment", f"{BLOCK}-serve")
    (waiting,) = pod(deployment)["initContainers"]
    mount(said, job, tmp_path)
    mount(said, deployment, tmp_path)
    port = free_port()
    run = partial(start, said, tmp_path, port)

    waits = run(deployment, waiting)
    migrated = finish(run(job, serving(job)))
    goes_on = finish(waits)
    probes = [serving(deployment)[f"{kind}Probe"] for kind in ("startup", "liveness", "readiness")]
    (endpoint,) = said.one("PodMonitor", BLOCK)["spec"]["podMetricsEndpoints"]
    asked = [*(probe["httpGet"]["path"] for probe in probes), endpoint["path"]]
    context = ssl.create_default_context(cafile=str(tmp_path / "run/tls/ca.crt"))
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    with run(deployment, serving(deployment)) as process:
        try:
            answers = [ask(f"https://127.0.0.1:{port}{path}", context) for path in asked]
            process.send_signal(signal.SIGTERM)
            ended = process.wait(pod(deployment)["terminationGracePeriodSeconds"])
        finally:
            process.kill()

    assert (migrated, goes_on) == (0, 0)
    assert [status for status, _ in answers] == [200, 200, 200, 200]
    assert "# TYPE " in answers[-1][1]
    assert ended == 0


@pytest.mark.timeout(300)
def test_identitys_migration_registers_every_application_and_the_first_account(tmp_path: Path) -> None:
    said = rendered("overlays/production/identity")
    (job,) = said.of("Job")
    mount(said, job, tmp_path)

    migrated = finish(start(said, tmp_path, free_port(), job, serving(job)))

    with closing(sqlite3.connect(tmp_path / "block.db")) as database:
        counted = [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("client", "account")]  # noqa: S608 - two words of ours
    assert migrated == 0
    assert counted == [len(BLOCKS) + 1, 1]


def start(said: Manifests, root: Path, port: int, process: Document, container: Document) -> subprocess.Popen[bytes]:
    """What the container would run, with its environment; only address and drain are those of a test."""
    told = {
        name: value.replace("/run/", f"{root}/run/") for name, value in said.environment(process, container).items()
    }
    told |= {"HOST": "127.0.0.1", "PORT": str(port), "DRAIN_SECONDS": "0.5", "PYTHONWARNINGS": "ignore"}
    block = process["metadata"]["labels"][NAME]
    path = {"PATH": os.environ["PATH"], "TMPDIR": str(root)}
    return subprocess.Popen([sys.executable, "-m", block, *container["args"]], env=told | path, cwd=root)


def finish(process: subprocess.Popen[bytes]) -> int:
    """Its exit status."""
    with process:
        try:
            return process.wait(_PATIENCE_SECONDS)
        finally:
            process.kill()


def mount(said: Manifests, process: Document, root: Path) -> None:
    """Lay the volumes where the container finds them: ConfigMaps as they are, secrets from a vault made here."""
    secrets = {each["metadata"]["name"]: each["data"] for each in local_secrets.made(said.documents, VAULT)}
    volumes = {volume["name"]: volume for volume in pod(process)["volumes"]}
    for each in serving(process)["volumeMounts"]:
        volume, folder = volumes[each["name"]], root / each["mountPath"].lstrip("/")
        folder.mkdir(parents=True, exist_ok=True)
        if "configMap" in volume:
            for name, text in said.one("ConfigMap", volume["configMap"]["name"])["data"].items():
                (folder / name).write_text(text.replace("/run/", f"{root}/run/"), "utf-8")
        for name, text in secrets.get(volume.get("secret", {}).get("secretName"), {}).items():
            (folder / name).write_bytes(base64.b64decode(text))
            if name == "database-url":
                assert base64.b64decode(text).decode().endswith("?sslmode=verify-full&sslrootcert=/run/tls/ca.crt")
                (folder / name).write_text(f"sqlite:///{root}/block.db")
    if not (root / "run/tls/tls.crt").exists():
        certify(root / "run/tls")


def certify(folder: Path) -> None:
    """What cert-manager would put there; the authority signs itself alone."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, BLOCK)])
    names = x509.SubjectAlternativeName([x509.IPAddress(LOOPBACK), x509.DNSName(BLOCK)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(minutes=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "tls.crt").write_bytes(pem)
    (folder / "ca.crt").write_bytes(pem)
    private = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "tls.key").write_bytes(key.private_bytes(*private))


def ask(url: str, context: ssl.SSLContext) -> tuple[int, str]:
    """Status and text; who does not listen yet is asked again, as long as a start-up probe asks."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5, context=context) as answer:  # noqa: S310 - our own loopback address
                return answer.status, answer.read().decode()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
