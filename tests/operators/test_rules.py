"""Alerts: whole, tested both ways, and each with a page that says how to restore."""

import re
from pathlib import Path

import pytest
import yaml
from watched import OBSERVABILITY, ROOT, run

import contracts
from mesh import status

RUNBOOKS = ROOT / "docs" / "how-to" / "runbooks"
PAGE = "https://github.com/baraza/baraza/blob/main/"
CHAPTERS = ["## What it means", "## Look", "## Restore", "## Afterwards"]
_EMITTERS = "mesh|gateway|identity|notification|scheduler|workflow|http_server|db_client|process"
_METRIC = rf"\b(?:{_EMITTERS})_[a-z_]*[a-z](?=[{{\[`])"
Rules = list[dict[str, object]]


@pytest.fixture(scope="session")
def alerts(rules: Rules) -> dict[str, dict[str, object]]:
    found = [rule for rule in rules if "alert" in rule]
    by_name = {str(rule["alert"]): rule for rule in found}
    assert len(by_name) == len(found), "two alerts of one name"
    return by_name


def unwell(rule: dict[str, object]) -> list[str]:
    """What a rule lacks to be of use at three in the morning."""
    annotations, labels = rule.get("annotations", {}), rule.get("labels", {})
    assert isinstance(annotations, dict)
    assert isinstance(labels, dict)
    missing = [word for word in ("summary", "description", "runbook_url") if not annotations.get(word)]
    if labels.get("severity") not in ("critical", "warning"):
        missing.append("severity")
    page = str(annotations.get("runbook_url", "")).removeprefix(PAGE)
    if page != f"docs/how-to/runbooks/{slug(str(rule['alert']))}.md" or not (ROOT / page).is_file():
        missing.append("page")
    return missing


def slug(alert: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", alert).lower()


def test_promtool_takes_the_rules_and_their_tests(promtool: str) -> None:
    code, said = run(promtool, "check", "rules", "--lint-fatal", *map(str, (OBSERVABILITY / "rules").glob("*.yml")))
    assert code == 0, said
    code, said = run(promtool, "test", "rules", *map(str, (OBSERVABILITY / "tests").glob("*.yml")))
    assert code == 0, said


def test_promtool_takes_both_configurations(promtool: str) -> None:
    for name in ("prometheus.yml", "prometheus-embedded.yml"):
        code, said = run(promtool, "check", "config", "--syntax-only", str(OBSERVABILITY / name))
        assert code == 0, said


def test_every_alert_is_whole(alerts: dict[str, dict[str, object]]) -> None:
    assert {name: unwell(rule) for name, rule in alerts.items() if unwell(rule)} == {}


@pytest.mark.parametrize("word", ["summary", "description", "runbook_url"])
def test_an_alert_without_a_word_is_found(alerts: dict[str, dict[str, object]], word: str) -> None:
    whole = alerts["OutboxStalled"]
    annotations = {key: value for key, value in dict(whole["annotations"]).items() if key != word}  # type: ignore[call-overload]

    assert word in unwell({**whole, "annotations": annotations})
    assert "severity" in unwell({**whole, "labels": {"severity": "high"}})
    assert "page" in unwell({**whole, "alert": "OutboxStuck"})


def test_every_alert_is_seen_silent_and_firing(alerts: dict[str, dict[str, object]]) -> None:
    seen: dict[str, set[bool]] = {}
    for path in (OBSERVABILITY / "tests").glob("*.yml"):
        for case in yaml.safe_load(path.read_text())["tests"]:
            for asked in case["promql_expr_test"]:
                name = re.findall(r'alertname="(\w+)"', asked["expr"])[0]
                seen.setdefault(name, set()).add(bool(asked["exp_samples"]))

    assert seen == {name: {True, False} for name in alerts}


def test_every_page_has_an_alert_and_the_same_chapters(alerts: dict[str, dict[str, object]]) -> None:
    pages = {path.stem: path.read_text("utf-8") for path in RUNBOOKS.glob("*.md") if path.stem != "README"}

    assert pages.keys() == {slug(name) for name in alerts}
    for name, text in pages.items():
        assert re.findall(r"^## .*$", text, re.M) == CHAPTERS, name
        steps = text.split("## Restore")[1].split("## Afterwards")[0]
        assert re.findall(r"^\d\. ", steps, re.M), f"{name} has no steps"


def test_the_index_of_runbooks_names_every_page(alerts: dict[str, dict[str, object]]) -> None:
    index = (RUNBOOKS / "README.md").read_text("utf-8")

    linked = re.findall(r"\]\(([\w-]+)\.md\)", index.split("**Processes**")[1])
    assert sorted(linked) == sorted(slug(name) for name in alerts)


def test_limits_in_the_terminal_are_those_of_the_rules(alerts: dict[str, dict[str, object]]) -> None:
    for limit in status.LIMITS:
        labels = f"{{{limit.labels}}}" if limit.labels else ""
        sign = "<" if limit.below else ">"
        wanted = rf"{re.escape(limit.figure + labels)}\)? {sign} (\S+)"
        numbers = re.findall(wanted, str(alerts[limit.alert]["expr"]))
        assert [float(number) for number in numbers] == [limit.number], limit


def test_pages_name_only_what_exists() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in ROOT.glob("**/src/**/*.py") if ".venv" not in path.parts)
    for page in RUNBOOKS.glob("*.md"):
        text = page.read_text("utf-8")
        bodies = {each for said in re.findall(r'"body":"\(?([^")]+)', text) for each in said.split("|")}
        metrics = {re.sub(r"_(bucket|count|sum)$", "", name) for name in re.findall(_METRIC, text)}
        told = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", text))

        assert {body for body in bodies if f'"{body}' not in sources} == set(), page.name
        faults = set(re.findall(r'"server\.\w+\.(\w+)"', sources))
        assert metrics - faults <= contracts.metrics().keys(), page.name
        assert {name for name in told if f"    {name.lower()}: " not in sources} == set(), page.name


def test_links_of_the_pages_lead_somewhere() -> None:
    pages = [*RUNBOOKS.glob("*.md"), ROOT / "docs" / "explanation" / "observability.md"]
    for page in pages:
        for link in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
            assert link.startswith("https:") or (page.parent / Path(link)).exists(), (page.name, link)
