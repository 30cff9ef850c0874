"""compose.yaml agrees with the settings, the secrets, the images, the catalogue and itself."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from composed import EXAMPLE, ROOT, TEXT, VARIABLE, document, environment, here, mounts, services
from dockerfile import instructions

from chassis import cli, plaintext, settings
from mesh.catalogue import catalogue
from mesh.deployment import answers, secrets
from mesh.deployment.answers import parsed
from mesh.deployment.seeds import Containers
from mesh.layout import BLOCKS

OURS = (*BLOCKS, "gateway", "portal")
ONCE = ("topics", *(f"{name}-migrate" for name in (*BLOCKS, "gateway")))
UVICORNS_OWN = {"FORWARDED_ALLOW_IPS"}  # read by the server library itself
FROM_THE_IMAGE = {"HOST": "0.0.0.0"}  # noqa: S104 - what the Dockerfile says
INFRASTRUCTURE = {"postgres", "kafka", "topics", "prometheus", "grafana", "edge"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of secrets, as the command makes it from the example's answers."""
    folder = tmp_path_factory.mktemp("secrets")
    secrets.make(folder, answers.read(EXAMPLE), datetime.now(UTC))
    return folder


def kind(name: str) -> type:
    found: type = getattr(import_module(f"{name}.settings"), "GatewaySettings" if name == "gateway" else "Settings")
    return found


def told(name: str, folder: Path) -> dict[str, str]:
    """A container's whole environment, its paths as they are here."""
    return {variable: here(value, name, folder, {}) for variable, value in (FROM_THE_IMAGE | environment(name)).items()}


def test_the_file_is_what_the_compose_specification_says() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    good = subprocess.run([*command, "compose.yaml"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert good.returncode == 0, good.stdout


def test_every_question_of_the_file_is_in_the_example_and_the_other_way_round() -> None:
    asked = {match["name"] for match in VARIABLE.finditer(TEXT)}
    offered = set(parsed(EXAMPLE.read_text("utf-8")))

    assert asked <= offered
    assert offered - asked == {"ADMINISTRATOR"}, "the first administrator is for the secrets alone"


@pytest.mark.parametrize("name", OURS)
def test_every_variable_of_a_container_is_a_setting_of_its_process(name: str) -> None:
    known = {field.name.upper(): field.metadata["secret"] for field in fields(kind(name))}
    secret = {variable for variable, is_secret in known.items() if is_secret}

    for variable in environment(name).keys() - UVICORNS_OWN:
        said = variable.removesuffix("_FILE") if variable not in known else variable
        assert said in known, f"{variable} is no setting of {name}"
        assert variable in known or said in secret, f"{said} is no secret and is not read from a file"
        assert variable not in secret, f"{variable} stands in the open"


@pytest.mark.parametrize("name", OURS)
def test_a_process_accepts_what_its_container_is_told(name: str, made: Path) -> None:
    own = settings.load(kind(name), told(name, made))

    plaintext.refuse(own, cli.calls(own) if name in BLOCKS else {"GATEWAY_URL": own.gateway_url}, listens=True)
    assert own.database_url.startswith(f"postgresql+psycopg://{name}:")
    assert "sslmode=verify-full" in own.database_url
    assert Path(own.tls_certificate).is_file()
    assert Path(own.tls_ca).is_file()


@pytest.mark.parametrize("name", OURS)
def test_a_container_sees_its_own_secrets_and_no_others(name: str, made: Path) -> None:
    shown = {source.split("/")[4] for source, _ in mounts(name).values() if "/secrets/" in source}
    used = "\n".join(environment(name).values())

    assert shown == {name}
    for file in (made / name / "own").iterdir():
        assert f"/run/secrets/{name}/{file.name}" in used, f"{file.name} is made for {name}, which does not read it"


def test_every_file_that_a_container_is_told_of_is_made_or_kept_in_the_repository(made: Path) -> None:
    for name, service in services().items():
        text = " ".join([*environment(name).values(), *map(str, service.get("entrypoint", ()))])
        for path in re.findall(r"/(?:run/secrets|run/tls|etc/baraza)/[\w./-]+", text):
            assert Path(here(path, name, made, {})).is_file(), f"{name}: {path}"
        for target, (source, mode) in mounts(name).items():
            if source.startswith("./"):
                assert mode == "ro", f"{name} may write {target}"
                assert Path(here(target, name, made, {})).exists(), f"{name}: {source}"
            else:
                assert source in document()["volumes"]


def test_the_authoritys_key_and_the_first_password_reach_no_container(made: Path) -> None:
    sources = {source for name in services() for source, _ in mounts(name).values()}

    assert {path.name for path in made.iterdir() if path.is_file()} == {"ca.key", "ca.crt", "administrator.txt"}
    assert not any(source.rstrip("/").endswith("secrets") for source in sources)
    assert (made / "ca.key").stat().st_mode & 0o777 == 0o600
    assert made.stat().st_mode & 0o777 == 0o700


def test_a_second_run_keeps_every_secret(made: Path) -> None:
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}

    assert secrets.make(made, answers.read(EXAMPLE), datetime.now(UTC)) == []
    assert {path: path.read_bytes() for path in made.rglob("*") if path.is_file()} == before


def test_addresses_ports_and_images_agree() -> None:
    providers = catalogue(Containers(Path()))["members"][0]["applications"]  # type: ignore[index]
    urls = {each["code"]: each["url"] for each in providers if "url" in each}
    scraped = yaml.safe_load((ROOT / "deploy/observability/prometheus.yml").read_text("utf-8"))["scrape_configs"]
    targets = {target for job in scraped for group in job["static_configs"] for target in group["targets"]}

    for name in OURS:
        port, service = environment(name)["PORT"], services()[name]
        dockerfile = ROOT / service["build"]["dockerfile"]
        exposed = [each.words for each in instructions(dockerfile.read_text("utf-8")) if each.name == "EXPOSE"]
        assert exposed == [port]
        assert service["image"].startswith(f"baraza/{name}:")
        assert f"{name}:{port}" in targets
        assert name not in urls or urls[name] == f"https://{name}:{port}"
    assert environment("engagement")["GATEWAY_URL"] == f"https://gateway:{environment('gateway')['PORT']}"
    assert re.search(r"identity:(\d+)", environment("gateway")["JWKS_URL"])[1] == environment("identity")["PORT"]  # type: ignore[index]


@pytest.mark.parametrize("name", services())
def test_a_container_can_do_no_more_than_its_work_needs(name: str) -> None:
    service = services()[name]
    allowed = {"postgres": {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"}, "edge": {"NET_BIND_SERVICE"}}

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert set(service.get("cap_add", ())) == allowed.get(name, set())
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["pids_limit"] <= 512
    assert not {"privileged", "pid", "ipc", "network_mode", "devices", "user"} & service.keys()
    assert "docker.sock" not in str(service)
    assert not re.search(r"(:latest|^[^:]+)$", service["image"]), "an image has a version"
    assert service["stop_grace_period"] == "40s"
    assert name in ONCE or "mem_limit" in service


def test_only_the_edge_is_reached_from_outside() -> None:
    published = {name: service["ports"] for name, service in services().items() if "ports" in service}
    networks = {name: set(service["networks"]) for name, service in services().items()}
    open_ones = {name for name, network in document()["networks"].items() if not network.get("internal")}

    assert published == {"edge": ["80:80", "443:443"], "grafana": ["127.0.0.1:3000:3000"]}
    assert {name for name, joined in networks.items() if joined & open_ones} == {"edge", "grafana", "messaging"}
    assert not {"edge", "prometheus", "grafana"} & {name for name, joined in networks.items() if "data" in joined}
    assert {name for name, joined in networks.items() if "front" in joined} == {"edge", "identity", "gateway", "portal"}


def test_identity_believes_the_edges_address_and_no_other() -> None:
    address = services()["edge"]["networks"]["front"]["ipv4_address"]

    assert environment("identity")["FORWARDED_ALLOW_IPS"] == address


@pytest.mark.parametrize("name", [*BLOCKS, "gateway"])
def test_a_process_starts_on_a_migrated_database(name: str) -> None:
    migrating = services()[f"{name}-migrate"]

    assert migrating["command"] == ["migrate"]
    assert migrating["restart"] == "no"
    assert migrating["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert services()[name]["depends_on"][f"{name}-migrate"] == {"condition": "service_completed_successfully"}
    assert {key: value for key, value in migrating.items() if key in ("environment", "image", "volumes")} == {
        key: services()[name][key] for key in ("environment", "image", "volumes")
    }


def test_whoever_is_waited_for_is_there_and_says_when_it_is_ready() -> None:
    for name, waited, condition in _waits():
        other = services()[waited]
        assert condition == ("service_completed_successfully" if waited in ONCE else "service_healthy"), name
        assert waited in ONCE or waited in OURS or "test" in other["healthcheck"], waited


def test_every_name_that_a_certificate_is_made_for_is_a_container() -> None:
    assert set(secrets.CERTIFIED) <= services().keys()
    assert services().keys() == {*OURS, *ONCE, *INFRASTRUCTURE}


def _waits() -> Iterator[tuple[str, str, str]]:
    for name, service in services().items():
        for waited, how in service.get("depends_on", {}).items():
            yield name, waited, how["condition"]
