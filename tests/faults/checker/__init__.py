"""The invariants of a mesh at rest, checked from outside: databases by plain SQL, topics, mails, the client's ledger.

Nothing of the product is imported here, so that a fault of the product cannot hide itself: hashes, chains and tallies
are computed a second time. Each invariant is a function from the evidence to what it found wrong, in words.
"""

from collections.abc import Callable

from tests.faults.checker import audit, chains, clockwork, contributions, delivery, notices, recovery, tally
from tests.faults.checker.evidence import Evidence

Invariant = Callable[[Evidence], list[str]]

INVARIANTS: dict[str, tuple[str, Invariant]] = {
    "I1": ("what was acknowledged is there once, what was refused is not", contributions.durable),
    "I2": ("counts are those of the rows, of the events and of the published figures", tally.agrees),
    "I3": ("one person supports a proposal once, while the phase is open", contributions.one_voice),
    "I4": ("the outbox is empty, the topics hold all of it, every group has handled it", delivery.complete),
    "I5": ("one notice a contributor, in a final state, sent once", notices.once),
    "I8": ("every instant fired once, not early, with one effect", clockwork.fired),
    "I9": ("every process was followed by one workflow instance along its path", clockwork.followed),
    "I10": ("the evidence is whole: chains, signatures, pairs, what the client saw", chains.whole),
    "I11": ("the facts about one thing stay in order, on the broker and where they are handled", delivery.ordered),
    "I13": ("after each fault the mesh was ready and at rest in time, and no instant came too late", recovery.in_time),
    "I14": ("the dead letters are what was poison, and nothing else", delivery.dead),
    "I15": ("every privileged change has its row, and those rows were not touched", audit.kept),
}


def check(evidence: Evidence) -> dict[str, list[str]]:
    """What is wrong, by invariant; empty when everything holds."""
    found = {name: invariant(evidence) for name, (_, invariant) in INVARIANTS.items()}
    return {name: findings for name, findings in found.items() if findings}
