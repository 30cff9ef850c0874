"""Participation in figures."""

from collections.abc import Callable
from typing import Any

from .. import make

Json = dict[str, Any]


def kpi(process_id: str, **changes: Any) -> Json:
    return {
        "processId": process_id,
        "at": make.instant(),
        "participants": 214,
        "contributions": 1420,
        "byKind": [{"code": "endorsement", "number": 1033}, {"code": "comment", "number": 360}],
        "byChannel": [
            {"code": "web", "number": 1414},
            {"code": "meeting", "number": None},
            {"code": "phone", "number": None},
        ],
        "byLadderStep": [{"code": "3", "number": 1420}],
        "depth": 6.6,
        "participationRate": 0.0214,
        "targetAttainment": None,
        "deliberationRatio": 0.31,
        "concentration": 0.42,
        "gini": 0.517,
        "integrity": 0.004,
        "responsiveness": {"answered": 0, "answeredShare": 0.0, "medianDays": None, "inTimeShare": None},
        "days": [
            {"day": f"2026-06-{day:02d}", "contributions": 40 + day, "newcomers": day % 7} for day in range(1, 31)
        ],
    } | changes


def operations(fake: Any) -> list[tuple[str, str, Callable[..., Any]]]:
    alerts = [
        {"reason": "behind", "participants": 214, "expected": 500, "at": make.instant(days=-2)},
        {"reason": "quiet", "participants": 214, "expected": None, "at": make.instant(days=-1)},
    ]

    def answer(_query: Json, _body: Any, process_id: str) -> tuple[int, Json]:
        staff = {"alerts": alerts} if "official" in fake.roles else {}
        return 200, kpi(fake.processes[process_id]["id"], **staff)

    return [("v1/processes/([0-9a-f-]{36})/kpi", "GET", answer)]


PAGES = {"participation": lambda w: "/processes/safe-streets/participation"}
