"""Who may speak to whom, as the network policies say it: both ends must allow it, and what nobody selects is free."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rendering import Document, Manifests, pod_labels, serving

HOME = "baraza"
_NAMESPACE = "kubernetes.io/metadata.name"
Edge = tuple[str, str, int]  # from, to, port


@dataclass(frozen=True)
class Peer:
    """A pod, or a kind of pod; outside of all namespaces when `namespace` is empty. `ports` are those it listens on."""

    name: str
    labels: dict[str, str] = field(default_factory=dict)
    namespace: str = HOME
    ports: dict[str, int] = field(default_factory=dict)


PLATFORM = (
    Peer("pooler", {"cnpg.io/poolerName": "postgres-pooler-rw"}, ports={"postgres": 5432}),
    Peer("postgres", {"cnpg.io/cluster": "postgres"}, ports={"postgres": 5432}),
    Peer("kafka", {"strimzi.io/cluster": "kafka", "strimzi.io/kind": "Kafka"}, ports={"tls": 9093}),
    Peer("edge", namespace="ingress", ports={"https": 443}),
    Peer("prometheus", {"app.kubernetes.io/name": "prometheus"}, "monitoring"),
    Peer("collector", {"app.kubernetes.io/name": "collector"}, "observability", {"otlp": 4318}),
    Peer("somebody", {"app.kubernetes.io/name": "gateway", "app.kubernetes.io/component": "serve"}, "elsewhere"),
    Peer("mail", namespace="", ports={"submission": 587}),
    Peer("web", namespace="", ports={"https": 443}),
)


def peers(said: Manifests) -> list[Peer]:
    """Every process by its name (a Job by its block and role), and the platform."""
    ours = []
    for each in said.processes():
        labels = pod_labels(each)
        name = f"{labels['app.kubernetes.io/name']}-{labels['app.kubernetes.io/component']}"
        ports = {port["name"]: port["containerPort"] for port in serving(each).get("ports", ())}
        ours.append(Peer(name, labels, HOME, ports))
    return [*ours, *PLATFORM]


def edges(said: Manifests) -> set[Edge]:
    """Every connection that the policies allow, between processes of ours and whatever else there is."""
    policies, all_ = said.of("NetworkPolicy"), peers(said)
    return {
        (source.name, target.name, port)
        for source in all_
        for target in all_
        if HOME in (source.namespace, target.namespace) and source.name != target.name
        for port in target.ports.values()
        if _allows(policies, "Egress", source, target, target, port)
        and _allows(policies, "Ingress", target, source, target, port)
    }


def _allows(policies: list[Document], way: str, subject: Peer, other: Peer, target: Peer, port: int) -> bool:
    """Whether the subject's policies let it speak to, or be spoken to by, the other; the port is the target's."""
    if subject.namespace != HOME:
        return True
    mine = [
        each["spec"] for each in policies
        if way in each["spec"]["policyTypes"] and _matches(each["spec"]["podSelector"], subject.labels)
    ]  # fmt: skip
    return not mine or any(
        _peer_fits(opening, way, other) and _port_fits(opening, target, port)
        for spec in mine
        for opening in spec.get(way.lower(), ())
    )


def _peer_fits(opening: Document, way: str, other: Peer) -> bool:
    side = "to" if way == "Egress" else "from"
    return side not in opening or any(_is_one_of(each, other) for each in opening[side])


def _is_one_of(peer: Document, other: Peer) -> bool:
    if "ipBlock" in peer:
        return not other.namespace  # addresses of the cluster are among the exceptions
    if not other.namespace:
        return False
    wanted = peer.get("namespaceSelector", {"matchLabels": {_NAMESPACE: HOME}})
    here = _matches(wanted, {_NAMESPACE: other.namespace})
    return here and _matches(peer.get("podSelector", {}), other.labels)


def _port_fits(opening: Document, target: Peer, port: int) -> bool:
    if "ports" not in opening:
        return True
    return any(target.ports.get(each["port"], each["port"]) == port for each in opening["ports"])


def _matches(selector: Document, labels: dict[str, str]) -> bool:
    exact = all(labels.get(key) == value for key, value in selector.get("matchLabels", {}).items())
    return exact and all(_expressed(selector.get("matchExpressions", ()), labels))


def _expressed(expressions: list[Document], labels: dict[str, str]) -> Iterator[bool]:
    for each in expressions:
        found = labels.get(each["key"])
        yield (found in each["values"]) if each["operator"] == "In" else (found not in each["values"])
