"""A process and its phases: values, states, transitions."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from chassis.errors import Conflict, Invalid
from engagement.contributions import Kind
from engagement.phases.model import Phase, PhaseState
from engagement.strategy.model import Strategy

ProcessId = NewType("ProcessId", UUID)
Text = dict[str, str]  # {language: text}


class State(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    ANALYSING = "analysing"
    DECIDED = "decided"
    MONITORED = "monitored"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class Role(StrEnum):
    """What an official can be in one process. An auditor reads everything and changes nothing."""

    EDITOR = "editor"
    PUBLISHER = "publisher"
    MODERATOR = "moderator"
    EVALUATOR = "evaluator"
    DATA_ENTRY = "data_entry"
    ANALYST = "analyst"
    DECISION_MAKER = "decision_maker"
    AUDITOR = "auditor"


class StrategyIncomplete(Invalid):
    """The checklist still asks for something."""


class SlugTaken(Conflict):
    """A slug names one process."""


class UnknownKind(Invalid):
    """A phase accepts what no tool takes."""


class NotADraft(Conflict):
    """Only a draft can be changed or handed to review."""


class NotInReview(Conflict):
    """Only what is in review can be approved."""


class PhaseIsOver(Conflict):
    """A phase that has closed does not move."""


class PhaseOrder(Invalid):
    """A phase closes after it opens, and phases follow one another without overlap, unless they are meant to."""


class PeriodTooShort(Invalid):
    """The law asks for more time than the phases leave from the publication on."""


class NotRunning(Conflict):
    """Only what is public and not decided yet can be cancelled."""


class NotDecided(Conflict):
    """A process is monitored and archived after its decisions."""


class NotSealed(Conflict):
    """The step needs an earlier one: input is sealed after the last phase, decisions follow the seal."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a contribution may measure and a reason must: characters, and levels under a root comment."""

    title_min: int = 10
    title_max: int = 120
    summary_max: int = 280
    body_max: int = 5000
    comment_max: int = 1000
    comment_depth: int = 3
    reason_min: int = 40


@dataclass(frozen=True, slots=True)
class Process:
    """One participation process. `version` counts changes; `languages[0]` is what others fall back to."""

    id: UUID
    slug: str
    title: Text
    summary: Text | None
    languages: list[str]
    area: Text | None
    categories: list[dict[str, object]]
    strategy: Strategy
    limits: Limits
    data_agreement_id: str | None
    phases: tuple[Phase, ...]
    author: str
    approved_by: str | None
    created_at: datetime
    state: State = State.DRAFT
    version: int = 1
    roles: dict[str, list[str]] = field(default_factory=dict)  # {role: [official's subject]}
    published_at: datetime | None = None
    review_note: str | None = None  # why it came back from review
    cancelled_because: Text | None = None

    def missing(self) -> list[str]:
        """JSON pointers of what review still asks for; empty once complete."""
        gaps = [f"/strategy/{name}" for name in self.strategy.missing()]
        return gaps + ([] if self.phases else ["/phases"]) + ([] if self.data_agreement_id else ["/data_agreement_id"])

    def accepts(self) -> frozenset[Kind]:
        """Every kind of contribution that one of its phases accepts."""
        return frozenset().union(*(phase.accepts for phase in self.phases))

    def takes(self, kind: Kind, at: datetime) -> bool:
        """Whether a phase takes this kind of contribution at this instant."""
        return self.state in (State.SCHEDULED, State.OPEN) and any(phase.takes(kind, at) for phase in self.phases)

    def hides_results(self, at: datetime) -> bool:
        """Whether a phase keeps counts and figures from the public now."""
        return self.state in (State.SCHEDULED, State.OPEN) and any(
            phase.hides_results and at < phase.ends_at for phase in self.phases
        )

    def holders(self, role: Role) -> list[str]:
        """Subjects of the officials who hold the role; a role that nobody holds is every official's."""
        return self.roles.get(role, [])

    def revised(self, **values: object) -> "Process":
        """Another draft in this one's place. Raises NotADraft, PhaseOrder."""
        if self.state is not State.DRAFT:
            raise NotADraft("This process is not a draft any more.")
        return replace(self, version=self.version + 1, **values).ordered()  # type: ignore[arg-type]

    def handed_to_review(self, gaps: Sequence[str] = ()) -> "Process":
        """`gaps` is what its tools still ask for. Raises NotADraft; StrategyIncomplete with a pointer to each gap."""
        if self.state is not State.DRAFT:
            raise NotADraft("This process is not a draft any more.")
        if missing := [*self.missing(), *gaps]:
            raise StrategyIncomplete("The strategy is not complete.", [(gap, "is still missing") for gap in missing])
        self._leaving_time()
        return replace(self, state=State.IN_REVIEW, review_note=None, version=self.version + 1)

    def returned(self, note: str) -> "Process":
        """A draft again, with what has to change. Raises NotInReview."""
        if self.state is not State.IN_REVIEW:
            raise NotInReview("This process is not in review.")
        return replace(self, state=State.DRAFT, review_note=note, version=self.version + 1)

    def approved(self, official: str, at: datetime) -> "Process":
        """Public from now on. Raises NotInReview, PeriodTooShort."""
        if self.state is not State.IN_REVIEW:
            raise NotInReview("This process is not in review.")
        public = replace(self, state=State.SCHEDULED, approved_by=official, published_at=at, version=self.version + 1)
        return public._leaving_time()

    def cancelled(self, reason: Text) -> "Process":
        """It stays public, with the reason. Raises NotRunning."""
        if self.state not in (State.SCHEDULED, State.OPEN, State.CLOSED, State.ANALYSING):
            raise NotRunning("Only what is public and not decided yet is cancelled.")
        return replace(self, state=State.CANCELLED, cancelled_because=reason, version=self.version + 1)

    def monitored(self) -> "Process":
        """Raises NotDecided."""
        if self.state is not State.DECIDED:
            raise NotDecided("A process is monitored after its decisions.")
        return replace(self, state=State.MONITORED, version=self.version + 1)

    def archived(self) -> "Process":
        """Raises NotDecided."""
        if self.state not in (State.DECIDED, State.MONITORED):
            raise NotDecided("A process is archived after its decisions.")
        return replace(self, state=State.ARCHIVED, version=self.version + 1)

    def rescheduled(self, phase_id: UUID, opens_at: datetime, closes_at: datetime, at: datetime) -> "Process":
        """One phase moved. Raises PhaseIsOver, PhaseOrder, PeriodTooShort, KeyError for a phase of another process."""
        moved = self.phase(phase_id)
        if moved.state is PhaseState.CLOSED or moved.closes_at <= at:
            raise PhaseIsOver("This phase is over.")
        return self._with(replace(moved, opens_at=opens_at, closes_at=closes_at)).ordered()._leaving_time()

    def announcing(self, phase_id: UUID, announcement: Text | None) -> "Process":
        """Something else, or nothing, stands above a phase. Raises KeyError for a phase of another process."""
        return self._with(replace(self.phase(phase_id), announcement=announcement))

    def phase(self, phase_id: UUID) -> Phase:
        """Raises KeyError for a phase of another process."""
        return next((each for each in self.phases if each.id == phase_id), None) or _no_such_phase(phase_id)

    def with_phase_open(self, phase_id: UUID) -> "Process":
        """A phase opens; the process is open from then on."""
        opened = self._with(replace(self.phase(phase_id), state=PhaseState.OPEN))
        return replace(opened, state=State.OPEN)

    def with_phase_closed(self, phase_id: UUID) -> "Process":
        """A phase closes; with the last of them the process."""
        closed = self._with(replace(self.phase(phase_id), state=PhaseState.CLOSED))
        over = all(phase.state is PhaseState.CLOSED for phase in closed.phases)
        return replace(closed, state=State.CLOSED if over else State.OPEN)

    def sealed(self) -> "Process":
        """The input stands; decisions may begin. Raises NotSealed before the last phase has closed."""
        if self.state is not State.CLOSED:
            raise NotSealed("Input is sealed after the last phase has closed.")
        return replace(self, state=State.ANALYSING, version=self.version + 1)

    def decided(self) -> "Process":
        """Every answer is given. Raises NotSealed."""
        if self.state is not State.ANALYSING:
            raise NotSealed("Decisions are published after the input was sealed.")
        return replace(self, state=State.DECIDED, version=self.version + 1)

    def ordered(self) -> "Process":
        """The same process, if its phases follow one another. Raises PhaseOrder."""
        before: Phase | None = None
        latest: datetime | None = None
        for place, phase in enumerate(self.phases):
            if phase.closes_at <= phase.opens_at:
                raise PhaseOrder("A phase closes after it opens.", [(f"/phases/{place}/closesAt", "is too early")])
            early = latest is not None and phase.opens_at < latest and not phase.may_overlap
            if early or (before and phase.opens_at < before.opens_at):
                raise PhaseOrder("Phases follow one another.", [(f"/phases/{place}/opensAt", "is too early")])
            before, latest = phase, max(phase.closes_at, latest or phase.closes_at)
        return self

    def _leaving_time(self) -> "Process":
        """The same process, if people have the days that its law asks for. Raises PeriodTooShort."""
        asked = timedelta(days=self.strategy.minimum_days or 0)
        if self.strategy.mandatory and self._open_to_people() < asked:
            told = [("/strategy/minimumDays", f"asks for {self.strategy.minimum_days} days")]
            raise PeriodTooShort("The phases leave people less time than the law asks for.", told)
        return self

    def _open_to_people(self) -> timedelta:
        """How long something is taken, from the publication on; phases at the same time count once."""
        total, until = timedelta(), self.published_at
        for phase in self.phases:
            if phase.accepts:
                begins = max(phase.opens_at, until) if until else phase.opens_at
                total += max(phase.closes_at - begins, timedelta())
                until = max(begins, phase.closes_at)
        return total

    def _with(self, changed: Phase) -> "Process":
        phases = tuple(changed if phase.id == changed.id else phase for phase in self.phases)
        return replace(self, phases=phases, version=self.version + 1)


def _no_such_phase(phase_id: UUID) -> Phase:
    raise KeyError(phase_id)
