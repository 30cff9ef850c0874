"""Write what Kubernetes is told from contracts and declarations: `python tools/manifests.py [--check]`.

Topics and users of Kafka with their rights come from the event catalogue; the mediator's catalogue from the declared
calls; alerts from `deploy/observability`; each environment's folders from its `release.yaml`. With `--check` nothing is
written; a file that is not what would be written is named, and the answer is 1.
"""

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

import contracts
from chassis.relay import own_topics
from mesh import catalogue as calls
from mesh.layout import BLOCKS, MEMBER, Layout

Document = dict[str, Any]  # a manifest
FOLDER = Path(__file__).parents[1] / "deploy" / "k8s"
ENVIRONMENTS = ("local", "staging", "production")
PROCESSES = (*sorted(BLOCKS), "gateway", "portal")
_NOTE = "# Written by tools/manifests.py from {source}; change that instead.\n"
_DAY_MS = 86_400_000


def topics(block: str) -> Iterator[Document]:
    """The block's own topics and their dead letters. A record is kept by three brokers, and acknowledged by two."""
    for topic in own_topics(block):
        config = {"retention.ms": topic.retention_days * _DAY_MS, "min.insync.replicas": 2, "cleanup.policy": "delete"}
        yield _kafka("KafkaTopic", topic.name, {"partitions": topic.partitions, "replicas": 3, "config": config})


def alerts() -> Document:
    """The alert rules, for Prometheus' operator."""
    rules = sorted((FOLDER.parent / "observability" / "rules").iterdir())
    groups = [group for path in rules for group in yaml.safe_load(path.read_text("utf-8"))["groups"]]
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PrometheusRule",
        "metadata": {"name": "baraza", "labels": {"app.kubernetes.io/part-of": "baraza"}},
        "spec": {"groups": groups},
    }


def user(block: str) -> Document:
    """The block as Kafka knows it: it writes what it produces, reads what it consumes, as the group of its name, and
    nothing else."""
    rights = []
    hears = False
    for name, said in sorted(contracts.topics().items()):
        operations = ["Read"] if block in said["consumers"] else []
        operations += ["Write"] if block in said["producers"] else []
        if operations:
            rights.append(_right("topic", name, operations))
        if block in said["consumers"]:
            hears = True
            rights.append(_right("topic", said["dead_letters"], ["Read", "Write"]))
    if hears:
        rights.append(_right("group", block, ["Read"]))
    spec = {"authentication": {"type": "tls"}, "authorization": {"type": "simple", "acls": rights}}
    return _kafka("KafkaUser", block, spec)


def speaks_kafka(block: str) -> bool:
    """Whether the block produces or consumes anything."""
    return any(block in (*said["producers"], *said["consumers"]) for said in contracts.topics().values())


@dataclass(frozen=True)
class Environment:
    """`images` are digests (`sha256:…`) or tags by process; `addresses` are those that browsers and members use;
    `more` are further settings by process, as the institution wants them; `first_account` (login, display_name) opens
    the first account, whose password is in the vault."""

    name: str
    instance: str
    institution: str
    addresses: dict[str, str]
    images: dict[str, str]
    more: dict[str, dict[str, str]]
    first_account: dict[str, str]

    def settings(self, process: str) -> dict[str, str]:
        """What only this environment says."""
        portal, issuer = self.addresses["portal"], self.addresses["identity"]
        own = {
            "gateway": {"ISSUER": issuer},
            "identity": {"ISSUER": issuer, "INSTITUTION": self.institution},
            "engagement": {"PORTAL_URL": portal},
            "messaging": {"PORTAL_URL": portal, "SENDER_NAME": self.institution},
            "portal": {
                "PUBLIC_URL": portal,
                "ISSUER": issuer,
                "CLIENT_ID": f"{self.instance}/portal",
                "INSTITUTION_NAME": self.institution,
            },
        }
        return {"INSTANCE": self.instance, **own.get(process, {}), **self.more.get(process, {})}

    def catalogue(self) -> Document:
        """The mediator's registrations: providers by their Services; the demonstration is nobody here."""
        said = _renamed(calls.catalogue(_InCluster(Path())), self.instance)
        (member,) = said["members"]
        member["applications"] = [each for each in member["applications"] if each["code"] != "demo"]
        for right in said["rights"]:
            right["subject"] = [each for each in right["subject"] if not each.endswith("/demo")]
        said["rights"] = [right for right in said["rights"] if right["subject"]]
        return said

    def seed(self) -> Document:
        """What identity has from its first migration on; each secret is mounted for that alone."""
        portal = self.addresses["portal"]
        clients: list[Document] = [
            {
                "id": f"{self.instance}/{name}",
                "name": name.capitalize(),
                "secret_file": f"/run/secrets/clients/{name}",
                "grant_types": ["client_credentials"],
            }
            for name in (*sorted(BLOCKS), "portal")
        ]
        clients[-1]["grant_types"].append("authorization_code")
        clients[-1] |= {"redirect_uris": [f"{portal}/sign-in/callback"], "sign_out_uris": [f"{portal}/"]}
        first = {**self.first_account, "password_file": "/run/secrets/clients/first-account"}
        return {"clients": clients, "accounts": [{**first, "roles": ["administrator", "official"]}]}

    def overlay(self, process: str, files_of: dict[str, str]) -> Document:
        """The kustomization of one process here; `files_of` are the other files of its folder, by name."""
        at = f"blocks/{process}" if process in BLOCKS else process
        image = self.images[process]
        kustomization: Document = {
            "apiVersion": "kustomize.config.k8s.io/v1beta1",
            "kind": "Kustomization",
            "namespace": "baraza",
            "resources": [f"../../../{at}", *(["route.yaml"] if "route.yaml" in files_of else [])],
            "components": ["../environment"],
            "labels": [{"pairs": {"app.kubernetes.io/name": process, "app.kubernetes.io/part-of": "baraza"}}],
            "images": [{"name": f"baraza/{process}", "digest" if ":" in image else "newTag": image}],
            "configMapGenerator": [
                {"name": f"{process}-settings", "behavior": "merge", "envs": ["settings.env"]},
                *(
                    {"name": f"{process}-{name.removesuffix('.yaml')}", "files": [name]}
                    for name in sorted(files_of)
                    if name in {"seed.yaml", "catalogue.yaml"}
                ),
            ],
        }
        if process != "portal":
            renamed = {"op": "replace", "path": "/metadata/name", "value": self._job(process, at, files_of)}
            kustomization["patches"] = [
                {
                    "target": {"kind": "Job", "name": f"{process}-migrate"},
                    "options": {"allowNameChange": True},
                    "patch": yaml.safe_dump([renamed]),
                }
            ]
        return kustomization

    def route(self, process: str) -> list[Document]:
        """How the edge reaches what is public, by TLS up to the process itself (Gateway API)."""
        label = {"app.kubernetes.io/name": process, "app.kubernetes.io/part-of": "baraza"}
        service = {"group": "", "kind": "Service", "name": process}
        port = Layout(Path()).urls()[process].rsplit(":", 1)[1]
        route = {
            "parentRefs": [{"name": "edge", "namespace": "ingress"}],
            "hostnames": [urlsplit(self.addresses[process]).hostname],
            "rules": [{"backendRefs": [{"name": process, "port": int(port)}]}],
        }
        trust = {
            "targetRefs": [service],
            "validation": {
                "hostname": process,
                "caCertificateRefs": [{"group": "", "kind": "ConfigMap", "name": "baraza-ca"}],
            },
        }
        return [
            {"apiVersion": "gateway.networking.k8s.io/v1", "kind": kind, "metadata": meta, "spec": spec}
            for kind, spec in (("HTTPRoute", route), ("BackendTLSPolicy", trust))
            for meta in ({"name": process, "labels": label},)
        ]

    def _job(self, process: str, at: str, files_of: dict[str, str]) -> str:
        """A name for each image and configuration: a Job cannot be changed, and the same release needs none twice."""
        told = [self.images[process], *(text for _, text in sorted(files_of.items()))]
        told += [_read(FOLDER / at / name) for name in ("settings.env", "seed.yaml")]
        digest = hashlib.sha256("\0".join(told).encode()).hexdigest()
        return f"{process}-migrate-{digest[:10]}"


class _InCluster(Layout):
    """Addresses as they are inside a cluster: a Service a block."""

    def block_url(self, block: str) -> str:
        return f"https://{block}:{self.port(block)}"


def environment(name: str) -> Environment:
    """Read an environment's `release.yaml`."""
    said = yaml.safe_load((FOLDER / "overlays" / name / "release.yaml").read_text("utf-8"))
    return Environment(name, more=said.pop("settings"), **said)


def wanted() -> dict[str, str]:
    """Every file that this tool writes, by its path under `deploy/k8s`."""
    found: dict[str, str] = {}
    for block in filter(speaks_kafka, BLOCKS):
        found[f"blocks/{block}/kafka.yaml"] = _text([*topics(block), user(block)], "the event catalogue")
    found["infra/alerts/rules.yaml"] = _text([alerts()], "deploy/observability/rules")
    for block in ("consent", "registry"):
        found[f"blocks/{block}/seed.yaml"] = (files("mesh") / "seeds" / f"{block}.yaml").read_text("utf-8")
    for here in map(environment, ENVIRONMENTS):
        for process in PROCESSES:
            found |= {f"overlays/{here.name}/{process}/{name}": text for name, text in _overlay(here, process).items()}
    return found


def stale() -> list[str]:
    """The paths of files that are not what would be written."""
    return [path for path, text in wanted().items() if _read(FOLDER / path) != text]


def main(arguments: list[str]) -> int:
    """Write, or check."""
    if arguments == ["--check"]:
        found = stale()
        for path in found:
            print(f"deploy/k8s/{path} is stale; run tools/manifests.py", file=sys.stderr)  # noqa: T201 - its purpose
        return 1 if found else 0
    for path, text in wanted().items():
        (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / path).write_text(text, "utf-8")
    return 0


def _overlay(here: Environment, process: str) -> dict[str, str]:
    written = {"settings.env": "".join(f"{name}={value}\n" for name, value in here.settings(process).items())}
    if process == "gateway":
        written["catalogue.yaml"] = _text([here.catalogue()], "mesh.catalogue")
    if process == "identity":
        written["seed.yaml"] = _text([here.seed()], "../release.yaml")
    if process in here.addresses:
        written["route.yaml"] = _text(here.route(process), "../release.yaml")
    return written | {"kustomization.yaml": _text([here.overlay(process, written)], "../release.yaml")}


def _kafka(kind: str, name: str, spec: Document) -> Document:
    metadata = {"name": name, "labels": {"strimzi.io/cluster": "kafka"}}
    return {"apiVersion": "kafka.strimzi.io/v1", "kind": kind, "metadata": metadata, "spec": spec}


def _right(kind: str, name: str, operations: list[str]) -> Document:
    return {
        "resource": {"type": kind, "name": name, "patternType": "literal"},
        "operations": ["Describe", *operations],
    }


def _renamed(value: Any, instance: str) -> Any:  # Any: a JSON value and the same with another member's name
    if isinstance(value, str):
        return value.replace(MEMBER, instance)
    if isinstance(value, list):
        return [_renamed(each, instance) for each in value]
    return {key: _renamed(each, instance) for key, each in value.items()} if isinstance(value, dict) else value


def _text(documents: list[Document], source: str) -> str:
    return _NOTE.format(source=source) + yaml.dump_all(documents, Dumper=_Plain, sort_keys=False, width=120)


class _Plain(yaml.SafeDumper):
    """Without anchors, which readers must resolve in their heads."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
