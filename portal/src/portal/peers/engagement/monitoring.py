"""Participation in a process as key figures."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.peers.gateway import Gateway
from portal.peers.wire import read


@dataclass(frozen=True, slots=True)
class Part:
    code: str
    number: int | None  # None: fewer than ten, which only officials see


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    contributions: int
    newcomers: int


@dataclass(frozen=True, slots=True)
class Responsiveness:
    answered: int
    answered_share: float | None
    median_days: float | None
    in_time_share: float | None


@dataclass(frozen=True, slots=True)
class Alert:
    reason: str  # behind, quiet
    participants: int
    expected: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Kpi:
    """Each figure is defined in the contract, once. None stands where there is nothing to divide by."""

    process_id: str
    at: datetime
    participants: int
    contributions: int
    by_kind: tuple[Part, ...]
    by_channel: tuple[Part, ...]
    by_ladder_step: tuple[Part, ...]
    depth: float | None
    participation_rate: float | None
    target_attainment: float | None
    deliberation_ratio: float | None
    concentration: float | None
    gini: float | None
    integrity: float | None
    responsiveness: Responsiveness
    days: tuple[Day, ...]
    alerts: tuple[Alert, ...] = ()  # for officials


def kpi(gateway: Gateway, process_id: str) -> Kpi:
    return read(Kpi, gateway.get("engagement", f"v1/processes/{process_id}/kpi"))
