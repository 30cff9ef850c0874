"""What manifests tell a process is what its code reads; nothing it needs is left to a default meant for one machine."""

from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import pytest
from reference import SETTINGS
from rendering import COMPONENT, ENVIRONMENTS, NAME, Manifests, pod, rendered, serving

from chassis import settings
from mesh.layout import GATEWAY_PORT, PORTAL_PORT, PORTS

PROCESSES = sorted(SETTINGS)
KEPT = {"serve/app", "relay/app", "consume/app"}  # containers that are there for good
# what the mediator inherits from blocks' settings and has no use for
UNUSED = {"gateway": {"CLIENT_SECRET", "SEALING_KEY", "CONTEXT_KEYS", "GATEWAY_URL", "EVENTS_URL"}}


def kind(process: str) -> type[Any]:
    found: type[Any] = getattr(import_module(f"{process}.settings"), SETTINGS[process])
    return found


def told(said: Manifests, process: str) -> dict[str, dict[str, str]]:
    """The environment of each container of the process, by `role/container`."""
    return {
        f"{each['metadata']['labels'][COMPONENT]}/{inner['name']}": said.environment(each, inner)
        for each, inner in said.containers()
        if each["metadata"]["labels"][NAME] == process
    }


def plain(environment: dict[str, str]) -> dict[str, str]:
    """As if each secret's file held a word."""
    return {
        name.removesuffix("_FILE") if "/run/secrets/" in value else name: "word" if "/run/secrets/" in value else value
        for name, value in environment.items()
    }


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("process", PROCESSES)
def test_every_variable_is_read_and_can_be_read(environment: str, process: str) -> None:
    known = {name for name, *_ in settings.describe(kind(process))}
    for where, variables in told(rendered(f"overlays/{environment}"), process).items():
        assert set(plain(variables)) - known == set(), where
        settings.load(kind(process), plain(variables))


@pytest.mark.parametrize("process", PROCESSES)
def test_nothing_needed_is_left_to_a_default_of_one_machine(process: str) -> None:
    given = {name for variables in told(rendered("overlays/production"), process).values() for name in plain(variables)}
    needed = {
        name
        for name, _, default, _ in settings.describe(kind(process))
        if default in {"required", "(secret)"} or "127.0.0.1" in default or "/var/" in default
    }

    assert needed - UNUSED.get(process, set()) - given == set()


@pytest.mark.parametrize("process", PROCESSES)
def test_traces_go_to_an_address_without_a_path(process: str) -> None:
    """The exporter adds its own, `/v1/traces`."""
    said = told(rendered("overlays/production"), process)
    addresses = {urlsplit(variables["OTLP_ENDPOINT"]) for where, variables in said.items() if where in KEPT}

    assert {(each.scheme, each.path) for each in addresses} == {("https", "")}


@pytest.mark.parametrize("process", PROCESSES)
def test_a_secret_that_manifests_name_is_in_the_vault(process: str) -> None:
    said = rendered("overlays/production")
    made = {}
    for each in said.of("ExternalSecret"):
        target = each["spec"]["target"]
        template = target.get("template", {}).get("data")
        made[target["name"]] = set(template) if template else {data["secretKey"] for data in each["spec"]["data"]}
    for deployed, container in said.containers():
        if deployed["metadata"]["labels"][NAME] != process:
            continue
        volumes = {volume["name"]: volume for volume in pod(deployed)["volumes"]}
        held = {
            f"{mount['mountPath']}/{key}"
            for mount in container["volumeMounts"]
            if (secret := volumes[mount["name"]].get("secret"))
            for key in made.get(secret["secretName"], ())
        }
        asked = {value for value in said.environment(deployed, container).values() if value.startswith("/run/secrets/")}
        assert asked <= held


@pytest.mark.parametrize("process", PROCESSES)
def test_ports_are_those_of_the_code(process: str) -> None:
    said = rendered("overlays/production")
    expected = (PORTS | {"gateway": GATEWAY_PORT, "portal": PORTAL_PORT})[process]
    service = said.one("Service", process)["spec"]
    ports = {
        port["containerPort"]
        for each in said.of("Deployment")
        if each["metadata"]["labels"][NAME] == process
        for port in serving(each)["ports"]
    }
    listened = {int(variables["PORT"]) for variables in told(said, process).values()}

    assert ports == listened == {service["ports"][0]["port"]} == {expected} == {settings_port(process)}
    assert service["ports"][0]["targetPort"] == "http"


@pytest.mark.parametrize("process", PROCESSES)
def test_one_process_alone_is_its_part_of_the_whole(process: str) -> None:
    whole = [
        each for each in rendered("overlays/production").documents
        if each["metadata"].get("labels", {}).get(NAME) == process
    ]  # fmt: skip

    assert rendered(f"overlays/production/{process}").documents == whole


def settings_port(process: str) -> int:
    """The port that the code listens on when it is told none."""
    (default,) = [default for name, _, default, _ in settings.describe(kind(process)) if name == "PORT"]
    return int(default)
