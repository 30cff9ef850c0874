"""The network lets pass what blocks declare that they need, and nothing else."""

from importlib import import_module
from importlib.util import find_spec

import manifests
from graph import Edge, edges
from rendering import COMPONENT, NAME, Manifests, rendered

import contracts
from mesh.layout import BLOCKS, GATEWAY_PORT, PORTAL_PORT, PORTS


def declared(said: Manifests) -> set[Edge]:
    """What follows from the mediator's rights, the event catalogue and who has a database."""
    environment = manifests.environment("production")
    rights = environment.catalogue()["rights"]
    callers = {subject.rsplit("/", 1)[-1] for right in rights for subject in right["subject"]} - {"anonymous"}
    found = {
        (f"{block}-serve", "gateway-serve", GATEWAY_PORT) for block in BLOCKS
    }  # the keys that contexts are signed with
    found |= {
        (f"{name}-{'serve' if name == 'portal' else 'consume'}", "gateway-serve", GATEWAY_PORT) for name in callers
    }
    found |= {("gateway-serve", f"{block}-serve", PORTS[block]) for block in BLOCKS}
    for topic in contracts.topics().values():
        found |= {(f"{block}-relay", "kafka", 9093) for block in topic["producers"]}
        found |= {(f"{block}-consume", "kafka", 9093) for block in topic["consumers"]}
    ports = PORTS | {"gateway": GATEWAY_PORT, "portal": PORTAL_PORT}
    found |= {("edge", f"{name}-serve", ports[name]) for name in environment.addresses}
    found |= {("portal-serve", "edge", 443), ("messaging-consume", "mail", 587), ("pooler", "postgres", 5432)}
    for each in said.processes():
        block, role = (each["metadata"]["labels"][key] for key in (NAME, COMPONENT))
        found.add((f"{block}-{role}", "pooler", 5432))
        if role != "migrate":
            found |= {("prometheus", f"{block}-{role}", ports[block]), (f"{block}-{role}", "collector", 4318)}
    return found


def platform(found: set[Edge]) -> set[Edge]:
    """What operators' pods do for themselves, by ports that policies cannot narrow to the cluster's own API."""
    return {each for each in found if each[0] in {"pooler", "postgres", "kafka"} and each[2] == 443}


def test_the_network_is_the_declared_calls() -> None:
    said = rendered("overlays/production")
    found = edges(said)

    assert found - platform(found) == declared(said)


def test_only_blocks_with_a_right_to_call_have_the_means() -> None:
    rights = manifests.environment("production").catalogue()["rights"]
    callers = {subject.rsplit("/", 1)[-1] for right in rights for subject in right["subject"]} & set(BLOCKS)

    assert {block for block in BLOCKS if find_spec(f"{block}.peers") is not None} == callers


def test_a_namespace_elsewhere_cannot_pass_for_the_mediator() -> None:
    assert not [each for each in edges(rendered("overlays/production")) if each[0] == "somebody"]


def test_a_block_that_is_let_into_another_is_seen() -> None:
    said = rendered("overlays/production").copy()
    anybody = [{"podSelector": {}}]
    said.one("NetworkPolicy", "consent-serve")["spec"]["egress"].append({"to": anybody, "ports": [{"port": "http"}]})
    said.one("NetworkPolicy", "registry-serve")["spec"]["ingress"].append({"from": anybody, "ports": [{"port": 8103}]})

    assert ("consent-serve", "registry-serve", 8103) in edges(said) - declared(said)


def test_a_block_that_is_let_out_into_the_world_is_seen() -> None:
    said = rendered("overlays/production").copy()
    world = {"to": [{"ipBlock": {"cidr": "0.0.0.0/0"}}], "ports": [{"port": 443}]}
    said.one("NetworkPolicy", "engagement-consume")["spec"]["egress"].append(world)

    assert ("engagement-consume", "web", 443) in edges(said) - declared(said)


def test_a_block_deploys_a_role_when_it_has_work_for_it() -> None:
    said = rendered("overlays/production")
    deployed: dict[str, set[str]] = {}
    for each in said.of("Deployment"):
        deployed.setdefault(each["metadata"]["labels"][NAME], set()).add(each["metadata"]["labels"][COMPONENT])

    for block in BLOCKS:
        service = import_module(f"{block}.app").SERVICE
        produces = any(block in topic["producers"] for topic in contracts.topics().values())
        works = bool(service.subscriptions or service.jobs or service.ticks or service.loops)
        assert deployed[block] == {"serve"} | ({"relay"} if produces else set()) | ({"consume"} if works else set())
