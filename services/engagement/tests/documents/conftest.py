"""A process with a published text."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from chassis.app import App
from chassis.testing.client import Client
from engagement.anchoring import jobs

MARKDOWN = """# Water for all

Article 1. Every household is given a meter within two years of this law, and pays for what it uses.

Article 2. The price of water is set once a year by the council of the valley, after a public meeting.

Article 3. Wells that fall dry are reported to the office of rivers within a week, and are closed by it.
"""


@dataclass
class Desk:
    """An official's way of working on texts."""

    client: Client

    def document(self, process: Any, text: str = MARKDOWN) -> Any:
        source = {"format": "markdown", "content": text}
        body = {"title": {"en": "Water law"}, "language": "en", "source": source}
        reply = self.client.post(f"/v1/processes/{process.id}/documents", body)
        assert reply.status == 201, reply.body
        return reply.body

    def blocks(self, version_id: str) -> Any:
        return self.client.get(f"/v1/document-versions/{version_id}/blocks?limit=100").body["items"]

    def edit(self, version_id: str, **edit: Any) -> Any:
        its = f"/v1/document-versions/{version_id}"
        return self.client.post(f"{its}/edits", {"revision": self.client.get(its).body["revision"]} | edit)

    def publish(self, version_id: str, note: str = "As discussed.") -> Any:
        its = f"/v1/document-versions/{version_id}"
        revision = self.client.get(its).body["revision"]
        return self.client.post(f"{its}/publication", {"note": {"en": note}, "revision": revision})

    def next_version(self, document: dict[str, Any], text: str | None = None) -> str:
        body = {"source": {"format": "markdown", "content": text}} if text else {}
        reply = self.client.post(f"/v1/documents/{document['id']}/versions", body)
        assert reply.status == 201, reply.body
        return str(reply.body["id"])


@pytest.fixture
def desk(official: Callable[..., Client]) -> Desk:
    return Desk(official())


@pytest.fixture
def process(world: Any) -> Any:
    return world.process()


@pytest.fixture
def document(desk: Desk, process: Any) -> dict[str, Any]:
    """Published once."""
    made: dict[str, Any] = desk.document(process)
    desk.publish(made["draft"])
    return made | {"newest": made["draft"], "draft": None, "published": 1}


@pytest.fixture
def carry_over(app: App, make: ModuleType) -> Callable[[dict[str, Any]], None]:
    """The job that follows a publication, done now."""

    def run(document: dict[str, Any]) -> None:
        jobs.carry_over(app.runtime, {"documentId": document["id"]}, make.NOON)

    return run
