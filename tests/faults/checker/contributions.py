"""I1 and I3: what people were told is kept is kept, and nobody counts twice."""

from collections import Counter, defaultdict
from collections.abc import Callable

from tests.faults.checker.evidence import Evidence
from tests.faults.checker.outcomes import Operation, Outcome, operations
from tests.faults.checker.rows import Row, decoded

Count = Callable[[Operation], int]
_ALLOWED = {Outcome.DONE: (1, 1), Outcome.REFUSED: (0, 0), Outcome.UNKNOWN: (0, 1)}


def durable(evidence: Evidence) -> list[str]:
    """I1."""
    counts = _counts(evidence)
    found = []
    for each in operations(evidence):
        if each.kind in counts:
            number, (least, most) = counts[each.kind](each), _ALLOWED[each.outcome]
            if not least <= number <= most:
                found.append(f"{each.kind} {each.about}: {each.outcome}, and there {number} times")
    return found + _endorsements(evidence) + _latest(evidence) + _joined(evidence)


def one_voice(evidence: Evidence) -> list[str]:
    """I3."""
    found = []
    people = {row["id"]: row for row in evidence.rows("engagement", "participant")}
    windows = _windows(evidence)
    voices = Counter(
        (row["proposal_id"], people[row["participant_id"]]["subject"])
        for row in evidence.rows("engagement", "endorsement")
    )
    found += [
        f"{number} supports of proposal {proposal} by one person"
        for (proposal, _), number in voices.items()
        if number > 1
    ]
    for row in evidence.rows("engagement", "endorsement"):
        person = people[row["participant_id"]]
        if row["actor_key"] != person["id"]:
            found.append(f"endorsement {row['id']} is in another name than its participant's")
        opens_at, closes_at = windows[person["process_id"]]
        if not opens_at <= row["at"] <= closes_at:
            found.append(f"endorsement {row['id']} was given while its phase was not open")
    return found


def _counts(evidence: Evidence) -> dict[str, Count]:
    """How often the effect of an operation is there, by its kind."""
    proposals = Counter(_mark(row, "title") for row in evidence.rows("engagement", "proposal"))
    comments = Counter(_mark(row, "body") for row in evidence.rows("engagement", "comment"))
    hidden = Counter(
        row["contribution_id"] for row in evidence.rows("engagement", "moderation") if row["action"] == "hide"
    )
    people = Counter(row["id"] for row in evidence.rows("engagement", "participant"))
    return {
        "proposal": lambda of: proposals[of.about["mark"]],
        "comment": lambda of: comments[of.about["mark"]],
        "hide": lambda of: hidden[of.about["contribution"]],
        "join": lambda of: people[of.answer or ""],
    }


def _endorsements(evidence: Evidence) -> list[str]:
    """A person may ask twice, and take support back: what she was last told counts."""
    asked: dict[tuple[str, str], list[Operation]] = defaultdict(list)
    for each in operations(evidence):
        if each.kind in ("endorse", "withdraw"):
            asked[each.about["proposal"], each.about["participant"]].append(each)
    rows = {(row["proposal_id"], row["participant_id"]): row for row in evidence.rows("engagement", "endorsement")}
    return [
        f"support of {pair[0]} by {pair[1]}: {wrong}"
        for pair, wanted in asked.items()
        if (wrong := _wrong(rows.get(pair), wanted))
    ]


def _wrong(row: Row | None, wanted: list[Operation]) -> str | None:
    if row is None:
        return "was acknowledged and is gone" if any(each.outcome is Outcome.DONE for each in wanted) else None
    if all(each.outcome is Outcome.REFUSED for each in wanted):
        return "was refused and is there"
    taken_back = [each for each in wanted if each.kind == "withdraw"]
    expected = {Outcome.DONE: {"withdrawn"}, Outcome.UNKNOWN: {"withdrawn", "counted"}, Outcome.REFUSED: {"counted"}}
    allowed = expected[taken_back[-1].outcome] if taken_back else {"counted"}
    return None if row["status"] in allowed else f"is {row['status']}"


def _latest(evidence: Evidence) -> list[str]:
    """Verifications and decisions replace each other: the last acknowledged one stands, or an unknown after it."""
    ruled = {row["proposal_id"]: row["outcome"] for row in evidence.rows("engagement", "decision")}
    checked = {row["id"]: row["verification"] for row in evidence.rows("engagement", "proposal")}
    allowed: dict[tuple[str, str], set[str]] = {}
    for each in operations(evidence):
        if each.kind in ("verify", "decide") and each.outcome is not Outcome.REFUSED:
            earlier = (
                allowed.get((each.kind, each.about["proposal"]), set()) if each.outcome is Outcome.UNKNOWN else set()
            )
            allowed[each.kind, each.about["proposal"]] = {*earlier, each.about["outcome"]}
    stands = {"verify": checked, "decide": ruled}
    return [
        f"{kind} {proposal}: {stands[kind].get(proposal)} stands, the last answer said {sorted(outcomes)}"
        for (kind, proposal), outcomes in allowed.items()
        if stands[kind].get(proposal) not in outcomes
    ]


def _joined(evidence: Evidence) -> list[str]:
    """Whoever joined has given consent and has an entry in the registry, once."""
    consents = {row["id"] for row in evidence.rows("consent", "consent_record") if row["opt_in"]}
    entries = {row["id"] for row in evidence.rows("registry", "entry") if not row["deleted"]}
    found = []
    for row in evidence.rows("engagement", "participant"):
        if row["state"] != "joined":
            found.append(f"participant {row['id']} is {row['state']}")
        elif row["consent_record_id"] not in consents:
            found.append(f"participant {row['id']} has no consent record")
        elif row["recipient"] not in entries:
            found.append(f"participant {row['id']} has no entry in the registry")
    people = len(evidence.rows("engagement", "participant"))
    if len(entries) > people:
        found.append(f"{len(entries)} entries in the registry for {people} participants")
    return found


def _windows(evidence: Evidence) -> dict[str, tuple[str, str]]:
    """When each process was open, as its one phase says."""
    return {row["process_id"]: (row["opens_at"], row["closes_at"]) for row in evidence.rows("engagement", "phase")}


def _mark(row: Row, column: str) -> str:
    """The word by which the client knows its own text again: the last one."""
    texts = decoded(row[column])
    return str(next(iter(texts.values()))).rpartition(" ")[2]
