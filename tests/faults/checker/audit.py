"""I15: whatever an official, a moderator or a person decided left a row, and nobody touched it since."""

from collections import Counter
from datetime import datetime
from hashlib import sha256

from tests.faults.checker import keyed
from tests.faults.checker.evidence import Evidence
from tests.faults.checker.rows import Row, decoded

_STEPS = ("process drafted", "review requested", "process approved", "input sealed", "decisions published")
_TAKEN = {"draft": 1, "in_review": 2, "scheduled": 3, "open": 3, "closed": 3, "analysing": 4, "decided": 5}
# What the chains cover, in their order; number and previous hash follow.
_IN_JOURNAL = ("action", "schema_name", "object_id", "revision_id", "revision_hash", "by", "roles", "application", "at")
_IN_ACCESS_LOG = (
    *("action", "registry", "entries", "fields", "application", "subject", "at"),
    *("purpose", "consent", "version", "state"),
)


def kept(evidence: Evidence) -> list[str]:
    """Rows of the audit, revisions of consent with their journal, the registry's access log."""
    return _audited(evidence) + _revisions(evidence) + _journal(evidence) + _access_log(evidence)


def _audited(evidence: Evidence) -> list[str]:
    rows = evidence.rows("engagement", "audit")
    had = Counter((row["about"], row["action"]) for row in rows)
    found = [f"audit row {row['id']} ({row['action']}) says not who" for row in rows if not row["by"]]
    for process in evidence.rows("engagement", "process"):
        wanted = [(process["id"], step) for step in _STEPS[: _TAKEN[process["state"]]]]
        found += [
            f"{step} of {about} was audited {had[about, step]} times" for about, step in wanted if had[about, step] != 1
        ]
    for row in evidence.rows("engagement", "moderation"):
        done = {"hide": "contribution hidden", "restore": "contribution restored"}[row["action"]]
        if not had[row["contribution_id"], done]:
            found.append(f"{done}: {row['contribution_id']} was not audited")
    found += [
        f"audit row {row['id']} ({row['action']}) gives no reason"
        for row in rows
        if row["action"].startswith("contribution") and not row["reason"]
    ]
    return found + _rulings(evidence, had)


def _rulings(evidence: Evidence, had: Counter[tuple[str, str]]) -> list[str]:
    found = []
    for row in evidence.rows("engagement", "decision"):
        if not had[row["proposal_id"], f"decided {row['outcome']}"]:
            found.append(f"the decision on {row['proposal_id']} was not audited")
    for row in evidence.rows("engagement", "proposal"):
        if row["verification"] != "pending" and not had[row["id"], f"proposal found {row['verification']}"]:
            found.append(f"the verification of {row['id']} was not audited")
    return found


def _revisions(evidence: Evidence) -> list[str]:
    """Each object's revisions: hashes and links. Signatures are the consent block's own to check."""
    found: list[str] = []
    last: dict[tuple[str, str], tuple[int, str | None]] = {}  # number and hash, by object
    for row in evidence.rows("consent", "revision"):
        its = (row["schema_name"], row["object_id"])
        number, hashed = last.get(its, (0, None))
        if row["number"] != number + 1 or row["predecessor_hash"] != hashed:
            found.append(f"revision {row['number']} of {its} does not follow")
        if row["hash"] != sha256(row["snapshot"].encode()).hexdigest():
            found.append(f"revision {row['number']} of {its} was altered")
        last[its] = (row["number"], row["hash"])
    hashes = {row["id"]: row["hash"] for row in evidence.rows("consent", "revision")}
    noted = {row["revision_id"]: row["revision_hash"] for row in evidence.rows("consent", "journal")}
    return found + [f"revision {one} and the journal differ" for one in sorted(hashes) if noted.get(one) != hashes[one]]


def _journal(evidence: Evidence) -> list[str]:
    rows = [(row, _covered(row, _IN_JOURNAL)) for row in evidence.rows("consent", "journal")]
    [head] = evidence.rows("consent", "journal_head")
    broken = keyed.broken(rows, head, keyed.digest(evidence.sealing_keys["consent"], "journal"))
    return [f"consent's journal: {each}" for each in broken]


def _access_log(evidence: Evidence) -> list[str]:
    rows = [(row, _covered(row, _IN_ACCESS_LOG)) for row in evidence.rows("registry", "access_log")]
    heads = evidence.rows("registry", "log_head")
    if not rows and not heads:
        return []
    broken = keyed.broken(rows, heads[0], keyed.digest(evidence.sealing_keys["registry"], "access_log"))
    return [f"the registry's access log: {each}" for each in broken]


def _covered(row: Row, columns: tuple[str, ...]) -> list[object]:
    """The values as the hash covers them: lists decoded, instants with an offset, without empty fractions."""
    values = {name: row[name] for name in columns}
    values["at"] = datetime.fromisoformat(row["at"]).isoformat()
    for name in ("roles", "entries", "fields"):
        if name in values:
            values[name] = decoded(values[name])
    return list(values.values())
