"""`mesh status`: what operators see in Prometheus, in a terminal."""

import re
import urllib.error
import urllib.request

from mesh.layout import BLOCKS, Layout

_SAMPLE = re.compile(r'^(mesh_\w+)(?:\{state="(\w+)"\})? (\S+)$', re.M)


def status(layout: Layout) -> int:
    """Print a line a process; 1 when one is not ready."""
    broken = 0
    titles = ("waiting", 8), ("published", 10), ("handled", 9), ("dead", 5), ("failed jobs", 12)
    print(f"{'process':<12} {'health':<28}" + "".join(f" {title:>{width}}" for title, width in titles))
    for name, url in layout.urls().items():
        said = health(url)
        broken += said != "ready"
        figures = samples(url) if name in BLOCKS else {}
        print(
            f"{name:<12} {said:<28}"
            + "".join(
                f" {figures.get(key, 0):>{width}.0f}"
                for key, width in (
                    ("mesh_outbox_events/waiting", 8),
                    ("mesh_outbox_events/published", 10),
                    ("mesh_inbox_events/handled", 9),
                    ("mesh_inbox_events/dead", 5),
                    ("mesh_jobs/failed", 12),
                )
            )
        )
    return 1 if broken else 0


def samples(url: str) -> dict[str, float]:
    """A block's platform gauges, `{metric/state: value}`; empty when it does not answer."""
    try:
        with urllib.request.urlopen(f"{url}/metrics", timeout=5) as answer:  # noqa: S310 - our own loopback address
            text = answer.read().decode()
    except (urllib.error.URLError, OSError):
        return {}
    return {f"{name}/{state}" if state else name: float(value) for name, state, value in _SAMPLE.findall(text)}


def health(url: str) -> str:
    """`ready`, or what the process says instead, or that it says nothing."""
    try:
        with urllib.request.urlopen(f"{url}/ready", timeout=3):  # noqa: S310 - as above
            return "ready"
    except urllib.error.HTTPError as error:
        return error.read().decode()[:28]
    except (urllib.error.URLError, OSError):
        return "does not answer"
