"""Write Grafana's dashboards from deploy/observability/dashboards.yaml: `python tools/dashboards.py [--check]`.

With `--check` nothing is written; a dashboard that is not what would be written is named, and the answer is 1.
"""

import json
import sys
from pathlib import Path
from typing import Any

import yaml

HOME = Path(__file__).parents[1] / "deploy" / "observability"
SOURCE, FOLDER = HOME / "dashboards.yaml", HOME / "dashboards"
_SOURCE_OF_DATA = {"type": "prometheus", "uid": "prometheus"}
_ACROSS, _WIDTH, _HEIGHT = 3, 8, 8  # panels in a line; Grafana's grid is 24 wide

Document = dict[str, Any]  # as the source or Grafana spell it


def dashboards() -> dict[str, str]:
    """Every dashboard's text by its file's name."""
    described = yaml.safe_load(SOURCE.read_text("utf-8"))
    return {f"{each['uid']}.json": json.dumps(_dashboard(each), indent=1) + "\n" for each in described}


def expressions() -> list[tuple[str, str]]:
    """`(dashboard / panel, expression)` of every line of every panel."""
    return [
        (f"{board['title']} / {panel['title']}", " ".join(expression.split()))
        for board in yaml.safe_load(SOURCE.read_text("utf-8"))
        for row in board["rows"]
        for panel in row["panels"]
        for expression in panel["lines"].values()
    ]


def stale(folder: Path) -> list[str]:
    """Names of files that are not what would be written, or that nothing would write."""
    wanted, found = dashboards(), {path.name: path.read_text("utf-8") for path in folder.glob("*.json")}
    return sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))


def main(arguments: list[str]) -> int:
    """Write, or check."""
    if arguments == ["--check"]:
        for name in (found := stale(FOLDER)):
            print(f"deploy/observability/dashboards/{name} is stale; run tools/dashboards.py", file=sys.stderr)  # noqa: T201 - its purpose
        return 1 if found else 0
    FOLDER.mkdir(exist_ok=True)
    for name, text in dashboards().items():
        (FOLDER / name).write_text(text, "utf-8")
    return 0


def _dashboard(described: Document) -> Document:
    panels: list[Document] = []
    top = 0
    for row in described["rows"]:
        panels.append(_row(len(panels) + 1, row["title"], top))
        top += 1
        for number, panel in enumerate(row["panels"]):
            place = {"x": number % _ACROSS * _WIDTH, "y": top + number // _ACROSS * _HEIGHT}
            panels.append(_panel(len(panels) + 1, panel, place))
        top += -(-len(row["panels"]) // _ACROSS) * _HEIGHT
    return {
        "uid": described["uid"],
        "title": described["title"],
        "tags": ["baraza"],
        "editable": False,
        "schemaVersion": 39,
        "refresh": "30s",
        "time": {"from": "now-3h", "to": "now"},
        "timezone": "browser",
        "links": [{"type": "dashboards", "tags": ["baraza"], "asDropdown": True, "title": "Dashboards"}],
        "panels": panels,
    }


def _row(number: int, title: str, top: int) -> Document:
    place = {"x": 0, "y": top, "w": 24, "h": 1}
    return {"id": number, "type": "row", "title": title, "collapsed": False, "gridPos": place, "panels": []}


def _panel(number: int, panel: Document, place: dict[str, int]) -> Document:
    targets = [
        {"refId": chr(ord("A") + index), "datasource": _SOURCE_OF_DATA, "legendFormat": legend, "expr": expression}
        for index, (legend, expression) in enumerate(panel["lines"].items())
    ]
    return {
        "id": number,
        "type": "timeseries",
        "title": panel["title"],
        "datasource": _SOURCE_OF_DATA,
        "gridPos": place | {"w": _WIDTH, "h": _HEIGHT},
        "fieldConfig": {"defaults": {"unit": panel["unit"], "min": 0}, "overrides": []},
        "options": {"legend": {"displayMode": "list", "placement": "bottom"}, "tooltip": {"mode": "multi"}},
        "targets": targets,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
