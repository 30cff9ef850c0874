"""Every image holds its own block and the libraries it needs, at known hashes, and nothing else.

The build stage of a Dockerfile is run here as it stands, without Docker: for engagement, for those that `IMAGES` names
(`IMAGES=gateway,portal`), or for every image (`IMAGES=all`).
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import dockerfiles
import pytest
import requirements
from closures import closure
from dockerfile import Instruction, build, instructions
from dockerfile_policy import (
    RULES,
    bases_are_pinned,
    copies_one_distribution,
    hashes_are_asked_for,
    holds_what_runs_alone,
    is_compiled_and_listed,
    keeps_no_secret,
    runs_as_nobody,
    says_what_it_is,
    stops_and_tells_its_health,
)
from packaging.utils import canonicalize_name as normal
from requirements import DISTRIBUTIONS, FOLDER, ROOT

from chassis.local.server import Server, free_port

_WANTED = os.environ.get("IMAGES", "engagement")
BUILT = list(DISTRIBUTIONS) if _WANTED == "all" else _WANTED.split(",")
TEXT = dockerfiles.dockerfile("engagement")
PLANTED = [
    (bases_are_pinned, "@sha256:", "#"),
    (bases_are_pinned, "FROM ${PYTHON} AS build", "FROM debian AS build"),
    (hashes_are_asked_for, "--require-hashes --no-build -r engagement.txt", "-r engagement.txt"),
    (hashes_are_asked_for, "--no-deps --no-index wheels", "wheels"),
    (runs_as_nobody, "USER 10001:10001", "USER root"),
    (runs_as_nobody, "EXPOSE", "USER 0\nEXPOSE"),
    (holds_what_runs_alone, "USER 10001:10001", "COPY . /opt\nUSER 10001:10001"),
    (holds_what_runs_alone, "pip uninstall", "pip list"),
    (copies_one_distribution, "COPY chassis chassis", "COPY chassis chassis\nCOPY services services"),
    (is_compiled_and_listed, "-m compileall", "-m tabnanny"),
    (says_what_it_is, "image.revision", "image.built"),
    (stops_and_tells_its_health, "STOPSIGNAL SIGTERM", "STOPSIGNAL SIGKILL"),
    (stops_and_tells_its_health, 'ENTRYPOINT ["python", "-m", "engagement"]', "ENTRYPOINT python -m engagement"),
    (stops_and_tells_its_health, "/opt/baraza/healthcheck.py\"]", "/opt/baraza/sbom.cdx.json\"]"),
    (keeps_no_secret, "ARG REVISION=unknown", "ARG REVISION=unknown\nARG INDEX_TOKEN"),
]  # fmt: skip


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_an_image_installs_what_its_distribution_needs_and_nothing_else(name: str) -> None:
    pinned = requirements.pins((FOLDER / f"{name}.txt").read_text("utf-8"))

    assert {library: version for library, (version, _) in pinned.items()} == closure(name)
    assert all(hashes for _, hashes in pinned.values())


@pytest.mark.parametrize("name", ["engagement", "gateway"])
def test_the_hashes_are_those_of_the_index(name: str) -> None:
    assert requirements.stale(name) == []


def test_a_hash_or_a_version_that_is_another_is_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    known = requirements.pins((FOLDER / "uv.txt").read_text("utf-8"))
    version, hashes = known["uv"]
    for other in ({"uv": ("0", hashes)}, {"uv": (version, {"sha256:0"})}, {}, known | {"more": ("1", {"sha256:1"})}):
        monkeypatch.setattr(requirements, "needed", lambda *_, other=other: other)
        assert requirements.stale("uv"), other
    monkeypatch.setattr(requirements, "needed", lambda *_: {"uv": (version, hashes | {"sha256:later"})})
    assert requirements.stale("uv") == []


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_every_dockerfile_is_the_pattern_with_the_blocks_names(name: str) -> None:
    path = ROOT / DISTRIBUTIONS[name] / "Dockerfile"

    assert path.read_text("utf-8") == dockerfiles.dockerfile(name), "run python tools/dockerfiles.py"
    assert [fault for rule in RULES for fault in rule(instructions(path.read_text("utf-8")))] == []


@pytest.mark.parametrize(("rule", "good", "bad"), PLANTED)
def test_each_rule_has_been_seen_to_fail(
    rule: Callable[[tuple[Instruction, ...]], object], good: str, bad: str
) -> None:
    assert good in TEXT

    assert list(rule(instructions(TEXT.replace(good, bad, 1)))), f"{rule.__name__} does not see {bad}"  # type: ignore[call-overload]


def test_the_linter_finds_nothing_and_would() -> None:
    linter = [str(Path(sys.executable).with_name("hadolint")), "--failure-threshold", "info"]
    files = [str(ROOT / folder / "Dockerfile") for folder in DISTRIBUTIONS.values()]
    worse = TEXT.replace("WORKDIR /build", "WORKDIR build\nRUN cd /tmp")

    said = subprocess.run([*linter, *files], capture_output=True, text=True, check=False)
    refused = subprocess.run([*linter, "-"], input=worse, capture_output=True, text=True, check=False)

    assert (said.returncode, said.stdout) == (0, "")
    assert refused.returncode == 1


def test_the_workflow_is_what_its_runner_reads() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    said = subprocess.run(
        [*command, ".github/workflows/images.yaml"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert said.returncode == 0, said.stdout


@pytest.mark.timeout(400)
@pytest.mark.skipif(f"{sys.version_info[0]}.{sys.version_info[1]}" != requirements.PYTHON, reason="needs Python 3.11")
@pytest.mark.parametrize("name", BUILT)
def test_what_the_build_makes_serves_alone(name: str, tmp_path: Path) -> None:
    image = build(ROOT / DISTRIBUTIONS[name] / "Dockerfile", tmp_path)
    python = [str(image / "bin" / "python"), "-W", "ignore"]
    held = installed(image)
    others = set(requirements.BLOCKS) - {name}
    listed = json.loads((image / "sbom.cdx.json").read_text("utf-8"))
    environment = settings_of(name, tmp_path)

    assert held == requirements.pins((FOLDER / f"{name}.txt").read_text("utf-8")).keys() | {
        "baraza-chassis", "baraza-contracts", f"baraza-{name}",
    }  # fmt: skip
    assert missing(python, [*others, "pip", "pytest", name]) == {*others, "pip", "pytest"}
    assert {normal(each["name"]) for each in [*listed["components"], listed["metadata"]["component"]]} == held
    assert listed["bomFormat"] == "CycloneDX"
    assert list((image / "lib").glob("python3*/site-packages/chassis/__pycache__/app.*.pyc"))

    if name != "portal":
        subprocess.run([*python, "-m", name, "migrate"], env=environment, cwd=tmp_path, check=True)
        command = [*python, "-m", name, "check"]
        checked = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, check=False)
        assert (checked.returncode, checked.stdout) == (0, b"ready\n")
    server = Server(
        [*python, "-m", name, "serve"],
        tmp_path / "log",
        lambda: asked(python, image, environment),
        environment=environment,
    )
    server.start()
    ready = asked(python, image, environment)
    server.end(signal.SIGTERM)
    assert json.loads(ready) == {"status": "ready"}


def installed(image: Path) -> set[str]:
    """Names of the distributions in the image."""
    code = "from importlib.metadata import distributions as d; print(*(each.name for each in d()))"
    done = subprocess.run([image / "bin" / "python", "-c", code], capture_output=True, text=True, check=True)
    return set(map(normal, done.stdout.split()))


def missing(python: list[str], names: list[str]) -> set[str]:
    """Which of these packages the image does not have."""
    code = f"from importlib.util import find_spec; print(*(n for n in {names!r} if find_spec(n) is None))"
    return set(
        subprocess.run([*python, "-c", code], capture_output=True, text=True, check=True, cwd="/").stdout.split()
    )


def asked(python: list[str], image: Path, environment: dict[str, str]) -> str:
    """What the image's own health check prints. Raises RuntimeError while the process is not ready."""
    command = [*python, str(image / "healthcheck.py")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout)
    return done.stdout


def settings_of(name: str, folder: Path) -> dict[str, str]:
    """The least that a process needs to serve on this machine."""
    kind = getattr(import_module(f"{name}.settings"), "GatewaySettings" if name == "gateway" else "Settings")
    secret = {"CLIENT_SECRET": "s" * 32, "SECRET_KEY": "k" * 32, "SEALING_KEY": "ab" * 32}
    said = {
        "HOST": "127.0.0.1",
        "PORT": str(free_port()),
        "DATABASE_URL": f"sqlite:///{folder}/block.db",
        "EVENTS_URL": f"embedded://{folder}/events",
        "STATE_FOLDER": str(folder / "state"),
        **secret,
    }
    return {variable: value for variable, value in said.items() if variable.lower() in kind.__dataclass_fields__}
