"""Manifests as a cluster would be given them: rendered by kustomize, and questions that tests ask of them."""

import copy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Document = dict[str, Any]  # a manifest
ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy" / "k8s"
ENVIRONMENTS = ("local", "staging", "production")
NAME, COMPONENT, PART_OF = (f"app.kubernetes.io/{each}" for each in ("name", "component", "part-of"))
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NoRenderer(RuntimeError):
    """Neither `kustomize` nor `kubectl` is here; CONTRIBUTING says how to have one."""


@dataclass(frozen=True)
class Manifests:
    """Everything that one `kubectl apply -k` would send."""

    documents: list[Document]

    def of(self, *kinds: str) -> list[Document]:
        return [each for each in self.documents if each["kind"] in kinds]

    def one(self, kind: str, name: str) -> Document:
        (found,) = [each for each in self.of(kind) if each["metadata"]["name"] == name]
        return found

    def processes(self) -> list[Document]:
        """Deployments and Jobs."""
        return self.of("Deployment", "Job")

    def containers(self) -> Iterator[tuple[Document, Document]]:
        """Every process with each of its containers, waiting ones too."""
        for process in self.processes():
            for container in all_containers(process):
                yield process, container

    def environment(self, process: Document, container: Document) -> dict[str, str]:
        """The environment variables of a container, ConfigMaps included."""
        told: dict[str, str] = {}
        for source in container.get("envFrom", ()):
            told |= self.one("ConfigMap", source["configMapRef"]["name"])["data"]
        return told | {each["name"]: each["value"] for each in container.get("env", ())}

    def copy(self) -> "Manifests":
        """To plant something in."""
        return Manifests(copy.deepcopy(self.documents))


def rendered(path: str) -> Manifests:
    """A folder under `deploy/k8s`, rendered once a session; whoever changes it takes a copy. Raises NoRenderer."""
    return Manifests(_rendered(path))


def render_all() -> None:
    """Every environment at once: the renderer is a process of its own, and cores are there to be used."""
    with ThreadPoolExecutor() as pool:
        list(pool.map(_rendered, (f"overlays/{name}" for name in ENVIRONMENTS)))


def pod(process: Document) -> Document:
    """The pod's specification."""
    spec: Document = process["spec"]["template"]["spec"]
    return spec


def pod_labels(process: Document) -> dict[str, str]:
    labels: dict[str, str] = process["spec"]["template"]["metadata"]["labels"]
    return labels


def all_containers(process: Document) -> list[Document]:
    spec = pod(process)
    return [*spec.get("initContainers", ()), *spec["containers"]]


def serving(process: Document) -> Document:
    """The container that is there for good."""
    (container,) = pod(process)["containers"]
    found: Document = container
    return found


def title(document: Document) -> str:
    return f"{document['kind']} {document['metadata']['name']}"


@cache
def _rendered(path: str) -> list[Document]:
    done = subprocess.run([*_renderer(), str(FOLDER / path)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"{path} cannot be rendered: {done.stderr[-600:]}")
    return list(yaml.load_all(done.stdout, Loader=_LOADER))


def _renderer() -> list[str]:
    beside = Path(sys.executable).with_name("kustomize")
    if beside.is_file():
        return [str(beside), "build"]
    if found := shutil.which("kustomize"):
        return [found, "build"]
    if found := shutil.which("kubectl"):
        return [found, "kustomize"]
    raise NoRenderer("neither kustomize nor kubectl is here; see docs/how-to/deploy-in-a-cluster.md")
