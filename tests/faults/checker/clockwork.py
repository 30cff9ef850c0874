"""I8 and I9: what happens by the clock happens once, and every process was followed to its end."""

from collections import Counter

from tests.faults.checker.evidence import Evidence
from tests.faults.checker.instants import padded, seconds
from tests.faults.checker.rows import Row

_EFFECT = {"phase-opens": "phase-opened", "phase-closes": "phase-closed"}
_PATH = [
    ("started", None),
    ("task-completed", "approve"),
    ("message-received", "phases-closed"),
    ("task-completed", "verify"),
    ("task-completed", "decide"),
]
_REACHED = {"draft": 1, "in_review": 1, "scheduled": 2, "open": 2, "closed": 3, "analysing": 4, "decided": 5}


def fired(evidence: Evidence) -> list[str]:
    """I8. The oracle is engagement's own word: when its phases open and close."""
    due, astray = _due(evidence), clock_astray(evidence)
    alerts = {row["id"]: row for row in evidence.rows("scheduler", "alert")}
    fires = [(alerts[row["schedule_id"]], row) for row in evidence.rows("scheduler", "fire")]
    rung = Counter((alert["subject"], alert["kind"]) for alert, _ in fires)
    told = Counter((row["data"]["subject"], row["data"]["kind"]) for row in evidence.told("scheduler.alert-fired.v1"))
    effects = Counter(
        (row["data"]["phaseId"], kind)
        for kind in ("phase-opens", "phase-closes")
        for row in evidence.told(f"engagement.{_EFFECT[kind]}.v1")
    )
    found = []
    for what in sorted(due.keys() | rung.keys() | told.keys() | effects.keys()):
        numbers = (int(what in due), rung[what], told[what], effects[what])
        if numbers != (1, 1, 1, 1):
            found.append(f"{what[1]} of phase {what[0]}: due, fired, told, done {numbers} times")
    for alert, row in fires:
        expected = due.get((alert["subject"], alert["kind"]), row["due_at"])
        if row["due_at"] != expected:
            found.append(f"{alert['kind']} of phase {alert['subject']} fired for {row['due_at']}, due was {expected}")
        elif late(row) < -astray:
            found.append(
                f"{alert['kind']} of phase {alert['subject']} fired {-late(row):.1f} seconds before it was due"
            )
    return found


def followed(evidence: Evidence) -> list[str]:
    """I9."""
    found = []
    instances = {row["process_id"]: row for row in evidence.rows("workflow", "instance")}
    for process in evidence.rows("engagement", "process"):
        instance = instances.get(process["id"])
        if instance is None:
            found.append(f"no workflow instance follows process {process['id']}")
        else:
            found += _path(evidence, instance, _REACHED[process["state"]])
    found += [
        f"the fact {row['fact']} of process {row['process_id']} is {row['state']}"
        for row in evidence.rows("workflow", "trigger")
        if row["state"] != "applied"
    ]
    return found + _tasks(evidence)


def late(fire: Row) -> float:
    """Seconds from the instant to its firing; less than nothing when it was early."""
    return seconds(fire["fired_at"]) - seconds(fire["due_at"])


def clock_astray(evidence: Evidence) -> float:
    """How far from ours the scheduler's clock ever was, in seconds."""
    shifts = (abs(line["ahead"]) for line in evidence.lines("clock") if line["process"] == "scheduler")
    return max(shifts, default=0.0)


def _due(evidence: Evidence) -> dict[tuple[str, str], str]:
    """`{(phase, kind): instant}` of what has come, by the latest word about each phase."""
    said = [phase for row in evidence.told("engagement.process-approved.v1") for phase in row["data"]["phases"]]
    said += [row["data"] for row in evidence.told("engagement.phase-rescheduled.v1")]
    states = {row["id"]: row["state"] for row in evidence.rows("engagement", "phase")}
    due = {}
    for phase in said:
        if states[phase["phaseId"]] in ("open", "closed"):
            due[phase["phaseId"], "phase-opens"] = padded(phase["opensAt"])
        if states[phase["phaseId"]] == "closed":
            due[phase["phaseId"], "phase-closes"] = padded(phase["closesAt"])
    return due


def _path(evidence: Evidence, instance: Row, reached: int) -> list[str]:
    steps = [row for row in evidence.rows("workflow", "history") if row["instance_id"] == instance["id"]]
    walked = [(row["kind"], row["name"]) for row in steps]
    found = []
    if walked != _PATH[:reached] or [row["number"] for row in steps] != list(range(1, reached + 1)):
        found.append(f"instance {instance['id']} walked {walked}, its process is at step {reached}")
    if (instance["state"] == "Completed") != (reached == len(_PATH)) or instance["version"] != reached:
        found.append(f"instance {instance['id']} is {instance['state']} at version {instance['version']}")
    return found


def _tasks(evidence: Evidence) -> list[str]:
    """Each task was told once when it opened and once when it was done; none is open in a finished instance."""
    told = {
        fact: Counter(row["data"]["taskId"] for row in evidence.told(f"workflow.task-{fact}.v1"))
        for fact in ("opened", "completed")
    }
    finished = {row["id"] for row in evidence.rows("workflow", "instance") if row["state"] == "Completed"}
    found = []
    for task in evidence.rows("workflow", "task"):
        done = int(task["state"] == "completed")
        if (told["opened"][task["id"]], told["completed"][task["id"]]) != (1, done):
            found.append(f"task {task['id']} ({task['element']}) was not told once for each thing that happened to it")
        if not done and task["instance_id"] in finished:
            found.append(f"task {task['id']} ({task['element']}) is {task['state']} in a finished instance")
    return found
