"""How an entry lies at rest: sealed fields as one sealed JSON object, values as keyed digests to be found by."""

from dataclasses import dataclass

import orjson

from chassis.sealing import Sealer
from registry.data.model import Entry, Stored, looked_up, spelled
from registry.databases.model import Content


@dataclass(frozen=True, slots=True)
class Vault:
    """Seals and opens entries; nothing that it seals opens as another entry's."""

    sealer: Sealer

    def stored(self, entry: Entry, sealed: list[str]) -> Stored:
        """The entry with these fields sealed."""
        secret = {name: value for name, value in entry.content.items() if name in sealed}
        content = {name: value for name, value in entry.content.items() if name not in sealed}
        closed = self.sealer.seal(orjson.dumps(secret).decode(), f"entry.{entry.id}") if secret else None
        return Stored(entry.id, entry.version, entry.schema_number, content, closed, entry.deleted, entry.at)

    def content(self, stored: Stored) -> Content:
        """All fields. Raises Unsealable."""
        if stored.sealed is None:
            return stored.content
        opened: Content = orjson.loads(self.sealer.open(stored.sealed, f"entry.{stored.entry_id}"))
        return stored.content | opened

    def digests(self, entry: Entry) -> dict[str, str]:
        """`{field: digest}` of what it is found by."""
        return {name: self._digest(entry.registry, name, text) for name, text in looked_up(entry.content).items()}

    def digest(self, registry: str, field: str, value: str | float) -> str:
        """What an entry with this value is found by."""
        return self._digest(registry, field, spelled(value))

    def state(self, stored: Stored, owner: str | None) -> str:
        """What the log keeps of a version."""
        return self.sealer.digest(stored.spelled(owner), "entry.state")

    def request(self, *parts: str) -> str:
        """A keyed digest of a request, to know a repeat by."""
        return self.sealer.digest("\0".join(parts), "entry.request")

    def _digest(self, registry: str, field: str, text: str) -> str:
        return self.sealer.digest(text, f"value.{registry}.{field}")
