"""KPI on the wire. Every ratio is defined once, in `model`; null stands where there is nothing to divide by."""

from datetime import datetime
from typing import Any

from chassis.clock import text
from engagement.monitoring import model
from engagement.monitoring.model import Overview
from engagement.monitoring.policy import hidden
from engagement.proposals.model import PROPOSAL


def kpi(of: Overview, *, staff: bool, at: datetime) -> dict[str, Any]:
    """As the reader may see it: parts of fewer than ten are for staff."""
    activity, strategy = of.activity, of.process.strategy
    body = {
        "processId": str(of.process.id),
        "at": text(at),
        "participants": activity.participants,
        "contributions": activity.contributions,
        "byKind": _parts(activity.sums("kind"), staff),
        "byChannel": _parts(activity.sums("channel"), staff),
        "byLadderStep": _parts(activity.sums("ladder_step"), staff),
        "depth": model.share(sum(n * actors for n, actors in activity.spread.items()), activity.participants),
        "participationRate": model.share(activity.participants, strategy.eligible_population),
        "targetAttainment": model.share(activity.participants, strategy.target_participants),
        "deliberationRatio": model.deliberation(activity),
        "concentration": model.concentration(activity.spread),
        "gini": model.gini(activity.spread),
        "integrity": model.integrity(activity),
        "responsiveness": _responsiveness(of),
        "days": [
            {"day": each.day.isoformat(), "contributions": each.contributions, "newcomers": each.newcomers}
            for each in activity.days
        ],
    }
    return body | ({"alerts": [_alert(alert, told_at) for alert, told_at in of.alerts]} if staff else {})


def _responsiveness(of: Overview) -> dict[str, Any]:
    days: dict[int, int] = {}
    for (after, _in_time), number in of.answers.items():
        days[after] = days.get(after, 0) + number
    answered = sum(days.values())
    in_time = sum(number for (_after, kept), number in of.answers.items() if kept)
    inputs = sum(cell.number for cell in of.activity.counted(PROPOSAL))
    return {
        "answered": answered,
        "answeredShare": model.share(answered, inputs),
        "medianDays": model.median(days),
        "inTimeShare": model.share(in_time, answered),
    }


def _parts(sums: dict[str, int], staff: bool) -> list[dict[str, Any]]:
    kept_back = hidden(sums, staff=staff)
    return [{"code": code, "number": None if code in kept_back else number} for code, number in sums.items()]


def _alert(of: model.Alert, at: datetime) -> dict[str, Any]:
    return {"reason": of.reason, "participants": of.participants, "expected": of.expected, "at": text(at)}
