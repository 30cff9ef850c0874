"""Refuse changes of contracts that break those who rely on them.

    python tools/diff_contracts.py --against <git reference>

Compares the working tree with the reference; without one, with the merge base of `origin/main`, or the commit before.
A block may break its callers when the version of its document says so (another major, or another minor before 1.0.0);
an event type may go when nobody listened to its topic.
"""

import argparse
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import contract_rules

import contracts

Document = dict[str, Any]  # a JSON object of a contract
ROOT = Path(__file__).parents[1]
FOLDER = "contracts/src/contracts"


@dataclass(frozen=True)
class Catalogue:
    """All contracts of one state of the house."""

    openapi: Mapping[str, Document]
    topics: Mapping[str, Document]
    schemas: Mapping[str, Document]
    problems: Mapping[str, Document]
    scopes: Mapping[str, Document]
    metrics: Mapping[str, Document]


def load(root: Path) -> Catalogue:
    """Read the contracts in a folder; what is not there is empty."""
    shared = root / "openapi" / "_shared"
    blocks = [path for path in _in(root / "openapi") if path.is_dir() and path != shared]
    openapi = {}
    for block in blocks:
        openapi[block.name] = contracts._folder(shared) if shared.is_dir() else {}
        contracts._merge(openapi[block.name], contracts._folder(block), block.name)
    return Catalogue(
        openapi,
        {path.stem: contracts._yaml(path) for path in _in(root / "events" / "topics")},
        {path.stem: json.loads(path.read_text("utf-8")) for path in _in(root / "events" / "schemas")},
        _merged(root / "problems"),
        _merged(root / "scopes"),
        _merged(root / "telemetry").get("metrics", {}),
    )


def breaks(old: Catalogue, new: Catalogue) -> Iterator[str]:
    """Every change that breaks somebody, in words."""
    for block, document in old.openapi.items():
        if block not in new.openapi:
            yield f"{block}: the block is gone"
        elif not _may_break(document, new.openapi[block]):
            yield from (f"{block}: {what}" for what in contract_rules.operations(document, new.openapi[block]))
    yield from _topics(old, new)
    for event_type in old.schemas.keys() & new.schemas.keys():
        yield from contract_rules.events(old.schemas[event_type], new.schemas[event_type], event_type)
    for slug, problem in old.problems.items():
        if slug not in new.problems:
            yield f"problem {slug} is gone"
        elif problem["status"] != new.problems[slug]["status"]:
            yield f"problem {slug} was {problem['status']} and is {new.problems[slug]['status']}"
    yield from (f"scope {name} is gone" for name in old.scopes.keys() - new.scopes.keys())
    for name, metric in old.metrics.items():
        if name not in new.metrics:
            yield f"metric {name} is gone"
        elif set(metric["labels"]) - set(new.metrics[name]["labels"]):
            yield f"metric {name} has lost a label"


def _topics(old: Catalogue, new: Catalogue) -> Iterator[str]:
    for name, topic in old.topics.items():
        now = new.topics.get(name)
        if now is None:
            if topic["consumers"]:
                yield f"topic {name} is gone while {', '.join(topic['consumers'])} listened"
            continue
        yield from (f"topic {name} has another {word}" for word in ("key", "dead_letters") if topic[word] != now[word])
        for event_type in set(topic["events"]) - set(now["events"]):
            if topic["consumers"] or event_type in new.schemas:
                yield f"{event_type} is gone from {name}"


def _may_break(old: Document, new: Document) -> bool:
    was, is_now = (str(each.get("info", {}).get("version", "0")).split(".") for each in (old, new))
    return was[0] != is_now[0] or (was[0] == "0" and was[1:2] != is_now[1:2])


def _merged(folder: Path) -> Document:
    return contracts._folder(folder) if folder.is_dir() else {}


def _in(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _git(*arguments: str) -> bytes | None:
    """What git answers; None when it refuses."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None


def _reference() -> str:
    base = (_git("merge-base", "HEAD", "origin/main") or b"").decode().strip()
    head = (_git("rev-parse", "HEAD") or b"").decode().strip()
    return base if base and base != head else "HEAD~1"


def _at(reference: str, folder: Path) -> Catalogue | None:
    packed = _git("archive", reference, FOLDER)
    if packed is None:
        return None
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return load(folder / FOLDER)


def main(arguments: list[str] | None = None) -> int:
    """1 when something is broken."""
    parser = argparse.ArgumentParser(description="Refuse changes of contracts that break those who rely on them.")
    parser.add_argument("--against", default="", help="git reference; the merge base or the commit before by default")
    reference = parser.parse_args(arguments).against or _reference()
    with tempfile.TemporaryDirectory() as folder:
        old = _at(reference, Path(folder))
    if old is None:
        told = [f"There are no contracts at {reference}: nothing to compare with, this is the first release."]
    else:
        told = [f"breaking: {what}" for what in sorted(breaks(old, load(ROOT / FOLDER)))]
        told.append(f"{len(told)} breaking changes against {reference}.")
    print("\n".join(told))  # noqa: T201 - its purpose
    return 1 if len(told) > 1 else 0


if __name__ == "__main__":
    sys.exit(main())
