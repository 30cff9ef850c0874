"""I13: after each fault the mesh served again, and came to rest, in time; what the clock had to do was not too late."""

from tests.faults.checker.clockwork import clock_astray, late
from tests.faults.checker.evidence import Evidence

READY_SECONDS = 30.0  # on two shared cores, where a process needs four to eight of them to load
REST_SECONDS = 60.0
LATE_SECONDS = 120.0  # of a scheduler that died three times on its way to one instant


def in_time(evidence: Evidence) -> list[str]:
    bounds = (("ready", READY_SECONDS), ("rest", REST_SECONDS))
    found = [
        f"after {line['fault']}: {what} after {line[what]:.1f} seconds"
        for line in evidence.lines("fault")
        for what, most in bounds
        if line[what] > most
    ]
    most = LATE_SECONDS + clock_astray(evidence)
    fires = evidence.rows("scheduler", "fire")
    return found + [
        f"what was due at {row['due_at']} fired {late(row):.1f} s late" for row in fires if late(row) > most
    ]
