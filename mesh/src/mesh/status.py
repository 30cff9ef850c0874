"""`mesh status`: what operators see in Prometheus, in a terminal.

Alerts that need a history (rates, predictions) are Prometheus' alone; those that compare a figure with a limit are told
here too, by the same limits.
"""

import http.client
import re
import urllib.error
import urllib.request
from dataclasses import dataclass

from mesh.layout import Layout

_LINE = re.compile(r"^([a-z]\w*)(?:\{(.*)\})? (\S+)$", re.M)
_LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True)
class Sample:
    """One number of a process."""

    name: str
    labels: dict[str, str]
    value: float


@dataclass(frozen=True)
class Limit:
    """An alert that fires when a figure is past a number; `labels` narrows it as PromQL does."""

    alert: str
    figure: str
    number: float
    labels: str = ""
    below: bool = False

    def passed(self, samples: list[Sample]) -> bool:
        """Whether the alert would fire if it stayed so."""
        wanted = dict(_LABEL.findall(self.labels)).items()
        values = [each.value for each in samples if each.name == self.figure and wanted <= each.labels.items()]
        return any(value < self.number if self.below else value > self.number for value in values)


LIMITS = (
    Limit("OutboxStalled", "mesh_outbox_oldest_unpublished_seconds", 60),
    Limit("ConsumerLagging", "mesh_consumer_lag_seconds", 120),
    Limit("DeadLetters", "mesh_dead_letters", 0),
    Limit("JobsFailed", "mesh_jobs", 0, 'state="failed"'),
    Limit("JobsOverdue", "mesh_jobs_oldest_due_seconds", 900),
    Limit("SchedulerLate", "scheduler_oldest_due_seconds", 30),
    Limit("WorkflowFactsWait", "workflow_triggers", 0, 'state="waiting"'),
    Limit("EvidenceChainBroken", "gateway_log_unsigned_records", 0),
    Limit("EvidenceChainBroken", "gateway_log_missing_records", 0),
    Limit("DiskAlmostFull", "mesh_disk_available_bytes", 500e6, below=True),
)
_COLUMNS = (
    ("waiting", "mesh_outbox_unpublished_events", ""),
    ("oldest s", "mesh_outbox_oldest_unpublished_seconds", ""),
    ("lag", "mesh_consumer_lag_records", ""),
    ("lag s", "mesh_consumer_lag_seconds", ""),
    ("dead", "mesh_dead_letters", ""),
    ("failed jobs", "mesh_jobs", "failed"),
)


def status(layout: Layout) -> int:
    """Print a line a process and the alerts that would fire; 1 when a process is not ready."""
    broken = 0
    alerts: list[str] = []
    urls = layout.urls()
    longest = max(map(len, urls))
    print(f"{'process':<{longest}} {'health':<28}" + "".join(f" {title:>{_width(title)}}" for title, _, _ in _COLUMNS))
    for name, url in urls.items():
        said, told = health(url), figures(url)
        broken += said != "ready"
        alerts += [f"{alert}: {name}" for alert in would_fire(said, told)]
        print(f"{name:<{longest}} {said:<28}" + "".join(_cell(told, *column) for column in _COLUMNS))
    print("\nNo alert would fire." if not alerts else "\nAlerts that fire if it stays so:")
    for alert in alerts:
        print(f"  {alert} (docs/how-to/runbooks)")
    return 1 if broken else 0


def would_fire(said: str, told: list[Sample]) -> list[str]:
    """Names of the alerts of one process, each once; `said` is its health."""
    unwell = [] if said == "ready" else ["NotReady"] if told else ["TargetDown"]
    return list(dict.fromkeys(unwell + [limit.alert for limit in LIMITS if limit.passed(told)]))


def samples(url: str) -> dict[str, float]:
    """A block's platform gauges, `{metric/state: value}`; empty when it does not answer."""
    return {
        each.name + (f"/{each.labels['state']}" if each.labels else ""): each.value
        for each in figures(url)
        if each.name.startswith("mesh_") and not each.labels.keys() - {"state"}
    }


def figures(url: str) -> list[Sample]:
    """All that a process tells Prometheus; empty when it does not answer."""
    try:
        with urllib.request.urlopen(f"{url}/metrics", timeout=5) as answer:  # noqa: S310 - our own loopback address
            text = answer.read().decode()
    except (http.client.HTTPException, OSError):
        return []
    return [Sample(name, dict(_LABEL.findall(labels)), float(value)) for name, labels, value in _LINE.findall(text)]


def health(url: str) -> str:
    """`ready`, or what the process says instead, or that it says nothing."""
    try:
        with urllib.request.urlopen(f"{url}/ready", timeout=3):  # noqa: S310 - as above
            return "ready"
    except urllib.error.HTTPError as error:
        return error.read().decode()[:28]
    except (http.client.HTTPException, OSError):
        return "does not answer"


def _cell(told: list[Sample], title: str, figure: str, state: str) -> str:
    found = [each.value for each in told if each.name == figure and each.labels.get("state", "") == state]
    text = f"{sum(found):.0f}" if found else "-"
    return f" {text:>{_width(title)}}"


def _width(title: str) -> int:
    return max(len(title), 7)
