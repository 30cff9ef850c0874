"""Participation processes: strategy, phases, counts, and the officials' steps that move a process."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from portal.peers.gateway import Gateway
from portal.peers.wire import Text, read


@dataclass(frozen=True, slots=True)
class Phase:
    id: str
    title: Text
    opens_at: datetime
    closes_at: datetime
    accepts: tuple[str, ...]  # kinds of contribution, as tools name them
    state: str  # planned, open, closed
    kind: str = "collect"  # inform, collect, discuss, prioritise, vote, evaluate, report
    may_overlap: bool = False
    grace_minutes: int = 0
    hides_results: bool = False
    announcement: Text | None = None

    def is_open(self, at: datetime) -> bool:
        return self.opens_at <= at < self.closes_at

    @property
    def last_day(self) -> datetime:
        """An instant of the last day on which it is open: an end at midnight is that of the day before."""
        return self.closes_at - timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Category:
    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Budget:
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class DataField:
    name: Text
    purpose: Text
    legal_basis: str
    retention_days: int
    recipients: Text | None = None


@dataclass(frozen=True, slots=True)
class Strategy:
    level: str | None = None  # inform, consult, cocreate
    objective: Text | None = None
    what_is_decided: Text | None = None
    who_decides: Text | None = None
    how_input_is_used: Text | None = None
    how_feedback_is_given: Text | None = None
    feedback_due_date: date | None = None
    privacy_notice: Text | None = None
    responsible_official: str | None = None
    eligible_population: int | None = None
    target_participants: int | None = None
    face_to_face_formats: tuple[Text, ...] = ()
    what_is_not_negotiable: Text | None = None
    owner_unit: str | None = None
    budget: Budget | None = None
    access: str = "registered"  # open, email, sms, registered, verified
    data_fields: tuple[DataField, ...] = ()
    mandatory: bool = False
    legal_basis: Text | None = None
    notice: Text | None = None
    minimum_days: int | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Characters, except the depth, which is levels under a root comment."""

    title_min: int = 10
    title_max: int = 120
    summary_max: int = 280
    body_max: int = 5000
    comment_max: int = 1000
    comment_depth: int = 3


@dataclass(frozen=True, slots=True)
class Counts:
    proposals: int = 0
    comments: int = 0
    endorsements: int = 0


@dataclass(frozen=True, slots=True)
class Process:
    id: str
    slug: str
    title: Text
    languages: tuple[str, ...]
    state: str
    version: int
    created_at: datetime
    summary: Text | None = None
    area: Text | None = None
    data_agreement_id: str | None = None
    categories: tuple[Category, ...] = ()
    strategy: Strategy = field(default_factory=Strategy)
    limits: Limits = field(default_factory=Limits)
    phases: tuple[Phase, ...] = ()
    counts: Counts = field(default_factory=Counts)
    missing: tuple[str, ...] = ()  # JSON pointers into the strategy
    published_at: datetime | None = None
    review_note: str | None = None
    cancelled_because: Text | None = None
    results_hidden: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether its decisions are public."""
        return self.state in ("decided", "monitored", "archived")

    def phase_at(self, at: datetime) -> Phase | None:
        """The phase that is open, or None between phases. The contract lets instants alone decide."""
        return next((phase for phase in self.phases if phase.is_open(at)), None)

    def accepts(self, kind: str, at: datetime) -> bool:
        return any(kind in phase.accepts for phase in self.phases if phase.is_open(at))

    def category_name(self, code: str | None) -> Text | None:
        return next((category.name for category in self.categories if category.code == code), None)


@dataclass(frozen=True, slots=True)
class ProcessPage:
    items: tuple[Process, ...]
    next: str | None = None


def list_processes(
    gateway: Gateway, *, state: str | None = None, cursor: str | None = None, limit: int = 20
) -> ProcessPage:
    """Newest first."""
    query = {"state": state, "cursor": cursor, "limit": limit}
    return read(ProcessPage, gateway.get("engagement", "v1/processes", query=query))


def process_by_slug(gateway: Gateway, slug: str) -> Process | None:
    found = read(ProcessPage, gateway.get("engagement", "v1/processes", query={"slug": slug, "limit": 1}))
    return found.items[0] if found.items else None


def process(gateway: Gateway, process_id: str) -> Process:
    return read(Process, gateway.get("engagement", f"v1/processes/{process_id}"))


def approve(gateway: Gateway, process_id: str) -> None:
    gateway.post("engagement", f"v1/processes/{process_id}/approval")


def request_review(gateway: Gateway, process_id: str) -> None:
    gateway.post("engagement", f"v1/processes/{process_id}/review")


def give_back(gateway: Gateway, process_id: str, note: str) -> None:
    gateway.post("engagement", f"v1/processes/{process_id}/return", body={"note": note})


def cancel(gateway: Gateway, process_id: str, reason: Text) -> None:
    gateway.post("engagement", f"v1/processes/{process_id}/cancellation", body={"reason": reason})


def monitor(gateway: Gateway, process_id: str) -> None:
    gateway.post("engagement", f"v1/processes/{process_id}/monitoring")


def archive(gateway: Gateway, process_id: str) -> None:
    gateway.post("engagement", f"v1/processes/{process_id}/archive")


def reschedule(gateway: Gateway, process_id: str, phase_id: str, opens_at: str, closes_at: str) -> None:
    """Instants as RFC 3339 writes them."""
    body = {"opensAt": opens_at, "closesAt": closes_at}
    gateway.put("engagement", f"v1/processes/{process_id}/phases/{phase_id}", body=body)


def announce(gateway: Gateway, process_id: str, phase_id: str, announcement: Text | None) -> None:
    """None takes away what was announced."""
    body = {"announcement": announcement} if announcement else {}
    gateway.put("engagement", f"v1/processes/{process_id}/phases/{phase_id}/announcement", body=body)
