"""Who sees which figures."""

from collections.abc import Mapping

from chassis.verdict import Verdict
from engagement.actors import Actor
from engagement.processes.policy import may_work_on

SMALLEST_CELL = 10  # people must not be told apart by a public figure


def may_see_alerts(actor: Actor) -> Verdict:
    """Officials, who can do something about it."""
    return may_work_on(actor)


def hidden(parts: Mapping[str, int], *, staff: bool) -> frozenset[str]:
    """The parts of a whole that the reader is not told: small groups are for staff alone, and where one alone would
    follow from the whole and the others, the next smallest is kept back with it."""
    small = [code for code, number in parts.items() if number < SMALLEST_CELL]
    if staff or not small:
        return frozenset()
    kept_back = max(len(small), 2)
    return frozenset(sorted(parts, key=lambda code: parts[code])[:kept_back])
