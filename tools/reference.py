"""Write docs/reference/ from the code and the contracts: `python tools/reference.py [--check]`.

With `--check` nothing is written; a page that is not what would be written is named, and the answer is 1.
"""

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import contracts
from chassis.failpoints import POINTS
from chassis.settings import ServiceSettings, describe

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
BLOCKS = ("consent", "engagement", "identity", "messaging", "registry", "scheduler", "workflow")
SETTINGS = {**dict.fromkeys(BLOCKS, "Settings"), "gateway": "GatewaySettings", "portal": "Settings"}
_NOTE = "<!-- written by tools/reference.py; change the code or the contracts instead -->"

_SETTINGS = """
Every process is told what it needs by environment variables, read once at the start; an unreadable or missing one stops
it with exit status 2. A secret may come from a file: `CLIENT_SECRET_FILE=/run/secrets/x` stands for `CLIENT_SECRET`.
Lists are separated by commas.
"""
_EVENTS = """
Facts in the past tense, in CloudEvents 1.0's envelope (binary mode), written to the block's outbox in the transaction
of the fact. Delivery is at least once and in order for a key; consumers accept duplicates and members that they do not
know. What cannot be handled goes to the topic's dead letters with the reason. A question mark stands after members that
may be missing.
"""
_METRICS = """
What `/metrics` tells Prometheus. Every metric is declared in the contracts before it is exported; no label carries a
person or grows without bound.
"""
_FAILPOINTS = """
## Failpoints

For fault tests only: `FAILPOINTS="relay.after_produce:hit=3:kill"` lets a process fail at a named point; the actions
are `kill`, `error`, `hang` and `delay=<seconds>`.
"""
_PROBLEMS = """
What is refused is answered with a problem document (RFC 9457) of one of these types; `type` is `/problems/` and the
name. Where a standard names its own status, the operation's contract says so.
"""
_SCOPES = """
Every operation says which scopes it needs; a call holds those of the application's token and those of the person's.
People hold them by their role, applications by registration.
"""


def settings() -> str:
    """One table of what all blocks are told, then each one's own."""
    common = describe(ServiceSettings)
    parts = [
        _page("Settings", _SETTINGS),
        "## Every block\n\nThe portal is no block and has only its own.",
        _settings_table(common),
    ]
    for name, kind in sorted(SETTINGS.items()):
        own = [row for row in describe(getattr(import_module(f"{name}.settings"), kind)) if row not in common]
        parts += [f"## {name}", _settings_table(own)]
    return _joined(parts)


def events() -> str:
    """A chapter a topic, a table of its event types, and the members of each."""
    parts = [_page("Events", _EVENTS)]
    for name, topic in sorted(contracts.topics().items()):
        listeners = ", ".join(topic["consumers"]) or "nobody yet"
        facts = f"Key: {topic['key']}. Written by {', '.join(topic['producers'])}; heard by {listeners}."
        kept = f"Kept {topic['retention_days']} days; dead letters in `{topic['dead_letters']}`."
        rows = [(f"`{each}`", contracts.event_schema(each)["description"], _members(each)) for each in topic["events"]]
        parts += [f"## {name}\n\n{topic['description']}\n\n{facts} {kept}", _table(("type", "meaning", "data"), rows)]
    return _joined(parts)


def metrics() -> str:
    """Every metric of the mesh."""
    rows = [
        (f"`{name}`", each["type"], each["unit"], ", ".join(f"`{label}`" for label in each["labels"]) or "none",
         each["meaning"], each["emitter"])
        for name, each in sorted(contracts.metrics().items())
    ]  # fmt: skip
    points = sorted((POINTS | _own_points()).items())
    return _joined(
        [
            _page("Metrics", _METRICS),
            _table(("metric", "type", "unit", "labels", "meaning", "told by"), rows),
            _FAILPOINTS.strip(),
            _table(("point", "meaning"), [(f"`{name}`", meaning) for name, meaning in points]),
        ]
    )


def problems() -> str:
    """Every problem type of the mesh."""
    rows = [
        (f"`{slug}`", each["status"], each["title"], each["meaning"], each["remedy"])
        for slug, each in sorted(contracts.problems().items())
    ]
    return _joined(
        [
            _page("Problems", _PROBLEMS),
            _table(("type", "status", "title", "meaning", "what the caller can do"), rows),
        ]
    )


def scopes() -> str:
    """Every scope, who may hold it and what it opens."""
    opened = _opened()
    rows = [
        (f"`{name}`", each["meaning"], ", ".join(each["roles"]) or "none", ", ".join(each["applications"]) or "none",
         ", ".join(f"`{operation}`" for operation in opened.get(name, [])))
        for name, each in sorted(contracts.scopes().items())
    ]  # fmt: skip
    return _joined(
        [
            _page("Scopes", _SCOPES),
            _table(("scope", "meaning", "roles that hold it", "applications that may", "operations"), rows),
        ]
    )


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings,
    "events.md": events,
    "metrics.md": metrics,
    "problems.md": problems,
    "scopes.md": scopes,
}


def stale(folder: Path) -> list[str]:
    """The names of the pages that are not what would be written."""
    return [name for name, page in PAGES.items() if not _is(folder / name, page())]


def write(folder: Path) -> None:
    """Write every page."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), "utf-8")


def main(arguments: list[str]) -> int:
    """Write, or check."""
    if arguments != ["--check"]:
        write(FOLDER)
        return 0
    found = stale(FOLDER)
    for name in found:
        print(f"docs/reference/{name} is stale; run make reference", file=sys.stderr)  # noqa: T201 - its purpose
    return 1 if found else 0


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


def _own_points() -> dict[str, str]:
    own = dict(import_module("gateway.mediation.actions").FAILPOINTS)
    for block in BLOCKS:
        own |= import_module(f"{block}.app").SERVICE.failpoints
    return own


def _members(event_type: str) -> str:
    schema = contracts.event_schema(event_type)
    required = set(schema["required"])
    return ", ".join(f"`{name}`" + ("" if name in required else "?") for name in schema["properties"])


def _opened() -> dict[str, list[str]]:
    """The operations that each scope opens, `{scope: ["block.operationId"]}`."""
    opened: dict[str, list[str]] = {}
    for block in contracts.services():
        for item in contracts.openapi(block)["paths"].values():
            for operation in (each for each in item.values() if isinstance(each, dict) and "operationId" in each):
                for scope in {name for option in operation.get("security") or [] for name in option.get("baraza", [])}:
                    opened.setdefault(scope, []).append(f"{block}.{operation['operationId']}")
    return {scope: sorted(names) for scope, names in opened.items()}


def _settings_table(rows: Iterable[tuple[str, str, str, str]]) -> str:
    shown = [(f"`{name}`", kind, _default(default), meaning) for name, kind, default, meaning in rows]
    return _table(("variable", "type", "default", "meaning"), shown)


def _default(text: str) -> str:
    return text if text in {"required", "(secret)"} else f"`{text}`" if text else "empty"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(_escaped(str(cell)) for cell in line) + " |" for line in lines)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def _page(title: str, introduction: str) -> str:
    return f"{_NOTE}\n\n# {title}\n\n{introduction.strip()}"


def _joined(parts: list[str]) -> str:
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
