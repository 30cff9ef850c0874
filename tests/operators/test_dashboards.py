"""Dashboards: written from one page, every expression understood by Prometheus, every metric declared."""

import json
from pathlib import Path

import dashboards
import pytest
import yaml
from promql import metrics_of
from watched import run

import contracts


def test_dashboards_are_what_would_be_written_now() -> None:
    assert dashboards.stale(dashboards.FOLDER) == []


def test_a_dashboard_that_is_stale_missing_or_left_over_is_named(tmp_path: Path) -> None:
    for name, text in dashboards.dashboards().items():
        (tmp_path / name).write_text(text)
    assert dashboards.stale(tmp_path) == []
    (tmp_path / "baraza-mesh.json").write_text("{}")
    (tmp_path / "baraza-data.json").unlink()
    (tmp_path / "old.json").write_text("{}")

    assert dashboards.stale(tmp_path) == ["baraza-data.json", "baraza-mesh.json", "old.json"]


def test_prometheus_understands_every_expression(tmp_path: Path, promtool: str) -> None:
    rules = [{"record": f"panel:{number}", "expr": each} for number, (_, each) in enumerate(dashboards.expressions())]
    (tmp_path / "panels.yml").write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}))

    code, said = run(promtool, "check", "rules", str(tmp_path / "panels.yml"))

    assert code == 0, said
    assert f"{len(rules)} rules found" in said


def test_every_metric_of_a_panel_or_an_alert_is_declared(rules: list[dict[str, object]]) -> None:
    asked = {name for _, expression in dashboards.expressions() for name in metrics_of(expression)}
    asked |= {name for rule in rules for name in metrics_of(str(rule["expr"]))}

    assert asked - contracts.metrics().keys() == {"up", "ALERTS"}


@pytest.mark.parametrize(
    ("expression", "metrics"),
    [
        ('sum by (service) (rate(a_total{x="b_total"}[5m]))', {"a_total"}),
        ("histogram_quantile(0.9, sum by (le) (rate(a_seconds_bucket[5m])))", {"a_seconds"}),
        ("a / ignoring (state) b > 500e6 and on (c) d unless e == 0", {"a", "b", "d", "e"}),
        ("gateway:errors:ratio_rate5m > 14.4 * 0.001", set()),
        ("time() - max by (x) (a) or vector(0)", {"a"}),
    ],
)
def test_metrics_are_read_out_of_an_expression(expression: str, metrics: set[str]) -> None:
    assert metrics_of(expression) == metrics


def test_every_recorded_name_that_is_asked_for_is_recorded(rules: list[dict[str, object]]) -> None:
    recorded = {str(rule["record"]) for rule in rules if "record" in rule}
    text = json.dumps(
        [expression for _, expression in dashboards.expressions()] + [str(rule["expr"]) for rule in rules]
    )

    assert {name for name in recorded if name not in text} == set()
    assert text.count("gateway:") == sum(text.count(name) for name in recorded)


def test_panels_do_not_overlap() -> None:
    for text in dashboards.dashboards().values():
        taken: set[tuple[int, int]] = set()
        for panel in json.loads(text)["panels"]:
            place = panel["gridPos"]
            cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
            assert not cells & taken, panel["title"]
            assert all(x < 24 for x, _ in cells)
            taken |= cells
