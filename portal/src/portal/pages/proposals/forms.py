"""What may be asked of the list of ideas. A value that is none of those offered is left out, never an error."""

import secrets
from collections.abc import Mapping
from typing import Any

from portal.peers.engagement.evaluation import OUTCOMES
from portal.peers.engagement.processes import Process
from portal.peers.engagement.proposals import ORDERS, Filter

_SEEDS = 2**31
_SHORTEST_SEARCH, _LONGEST_SEARCH = 2, 80


def read_filter(asked: Mapping[str, str], process: Process, orders: tuple[str, ...] = ORDERS) -> Filter:
    """The order is random unless asked otherwise, so that early ideas gain nothing; its seed stays in the links."""
    search = asked.get("search", "").strip()[:_LONGEST_SEARCH]
    seed = asked.get("seed", "")
    return Filter(
        order=_offered(asked.get("order"), orders) or "random",
        seed=int(seed) % _SEEDS if seed.isascii() and seed.isdigit() else secrets.randbelow(_SEEDS),
        category=_offered(asked.get("category"), tuple(each.code for each in process.categories)),
        outcome=_offered(asked.get("outcome"), OUTCOMES),
        search=search if len(search) >= _SHORTEST_SEARCH else None,
        cursor=asked.get("cursor") or None,
    )


def link_values(wanted: Filter, *, cursor: str | None = None) -> dict[str, Any]:
    """The filter as query of a link to another page of the same list."""
    values = {
        "order": wanted.order,
        "seed": str(wanted.seed) if wanted.order == "random" else None,
        "category": wanted.category,
        "outcome": wanted.outcome,
        "search": wanted.search,
        "cursor": cursor,
    }
    return {name: value for name, value in values.items() if value is not None}


def _offered(value: str | None, offered: tuple[str, ...]) -> str | None:
    return value if value in offered else None
