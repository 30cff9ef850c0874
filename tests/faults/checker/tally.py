"""I2: three ways of counting come to the same."""

from collections import Counter, defaultdict

from tests.faults.checker.evidence import Evidence

_PROPOSALS, _COMMENTS, _ENDORSEMENTS = "proposals", "comments", "endorsements"
_POSITIONS = ("in_favour", "neutral", "against")
_FACTS = {
    "engagement.proposal-published.v1": (_PROPOSALS, 1),
    "engagement.proposal-endorsed.v1": (_ENDORSEMENTS, 1),
    "engagement.endorsement-withdrawn.v1": (_ENDORSEMENTS, -1),
    "engagement.comment-posted.v1": (_COMMENTS, 1),
    "engagement.contribution-hidden.v1": (None, -1),
    "engagement.contribution-restored.v1": (None, 1),
    "engagement.contribution-invalidated.v1": (None, -1),
    "engagement.contribution-validated.v1": (None, 1),
}


def agrees(evidence: Evidence) -> list[str]:
    """The kept counts, the rows themselves, the fold of the events, and what was published."""
    return _of_processes(evidence) + _of_proposals(evidence) + _published(evidence)


def _of_processes(evidence: Evidence) -> list[str]:
    kept = {row["process_id"]: row for row in evidence.rows("engagement", "process_counts")}
    rows, events = _recount(evidence), _folded(evidence)
    found = []
    for process in evidence.rows("engagement", "process"):
        for what in (_PROPOSALS, _COMMENTS, _ENDORSEMENTS):
            counted = rows[process["id"]][what], events[process["id"]][what], kept.get(process["id"], {}).get(what, 0)
            if len(set(counted)) > 1:
                found.append(f"{what} of process {process['id']}: rows, events, counts are {counted}")
    return found


def _of_proposals(evidence: Evidence) -> list[str]:
    supports = Counter(row["proposal_id"] for row in _counting(evidence, "endorsement"))
    positions = Counter(
        (row["proposal_id"], row["position"] or "without_position") for row in _counting(evidence, "comment")
    )
    found = []
    for kept in evidence.rows("engagement", "proposal_counts"):
        proposal = kept["proposal_id"]
        own = {name: positions[proposal, name] for name in (*_POSITIONS, "without_position")}
        wanted = {"endorsements": supports[proposal], "comments": sum(own.values()), **own}
        wrong = {name: (value, kept[name]) for name, value in wanted.items() if kept[name] != value}
        found += [f"{name} of proposal {proposal}: {value} rows, count {had}" for name, (value, had) in wrong.items()]
    return found


def _published(evidence: Evidence) -> list[str]:
    """The public figures that the client read last."""
    read = {line["process"]: line["figures"] for line in evidence.lines("figures")}
    rows = _recount(evidence)
    found = []
    for process, figures in read.items():
        wanted = {name: rows[process][name] for name in (_PROPOSALS, _COMMENTS, _ENDORSEMENTS)}
        wanted |= {"contributors": len(_contributors(evidence, process))}
        wrong = {name: value for name, value in wanted.items() if figures[name] != value}
        found += [
            f"published {name} of {process}: {figures[name]}, the rows say {value}" for name, value in wrong.items()
        ]
    return found


def _recount(evidence: Evidence) -> dict[str, Counter[str]]:
    """Rows that count, by process."""
    of = {row["id"]: row["process_id"] for row in evidence.rows("engagement", "proposal")}
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for what, table in ((_PROPOSALS, "proposal"), (_COMMENTS, "comment"), (_ENDORSEMENTS, "endorsement")):
        for row in _counting(evidence, table):
            counted[row.get("process_id") or of[row["proposal_id"]]][what] += 1
    return counted


def _folded(evidence: Evidence) -> dict[str, Counter[str]]:
    """The events on the broker, each id once, by process."""
    seen: set[str] = set()
    folded: dict[str, Counter[str]] = defaultdict(Counter)
    for record in evidence.records:
        if record.topic != "engagement-proposals" or record.type not in _FACTS or record.id in seen | evidence.planted:
            continue
        seen.add(record.id)
        what, by = _FACTS[record.type]
        if record.data.get("counted", True):
            folded[record.data["processId"]][what or f"{record.data['kind']}s"] += by
    return folded


def _contributors(evidence: Evidence, process: str) -> set[str]:
    rows = [*_counting(evidence, "proposal"), *_counting(evidence, "comment")]
    return {row["participant_id"] for row in rows if row["process_id"] == process and row["participant_id"]}


def _counting(evidence: Evidence, table: str) -> list[dict[str, str]]:
    return [row for row in evidence.rows("engagement", table) if row["status"] == "counted"]
