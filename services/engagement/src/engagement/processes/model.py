"""A process and its phases: values, states, transitions."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from chassis.errors import Conflict, Invalid
from engagement.contributions import Kind

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
    CANCELLED = "cancelled"


class PhaseState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


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
    """A phase closes after it opens, and phases follow one another without overlap."""


class NotSealed(Conflict):
    """The step needs an earlier one: input is sealed after the last phase, decisions follow the seal."""


@dataclass(frozen=True, slots=True)
class Strategy:
    """What officials decide before anyone is asked. None is what the checklist still asks for."""

    level: str | None = None
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
    face_to_face_formats: list[Text] = field(default_factory=list)

    def missing(self) -> list[str]:
        """Names of what the checklist asks and is not there (use case INST-3, steps 1 and 2)."""
        optional = {"eligible_population", "target_participants", "face_to_face_formats"}
        return [each.name for each in fields(self) if each.name not in optional and getattr(self, each.name) is None]


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
class Phase:
    """A span of time in which some kinds of contribution are taken."""

    id: UUID
    title: Text
    opens_at: datetime
    closes_at: datetime
    accepts: frozenset[Kind]
    state: PhaseState = PhaseState.PLANNED

    def takes(self, kind: Kind, at: datetime) -> bool:
        """By the instants alone: what was received before the end counts, whatever the scheduler is late by."""
        return self.opens_at <= at < self.closes_at and kind in self.accepts


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
        return replace(self, state=State.IN_REVIEW, version=self.version + 1)

    def approved(self, official: str) -> "Process":
        """Raises NotInReview."""
        if self.state is not State.IN_REVIEW:
            raise NotInReview("This process is not in review.")
        return replace(self, state=State.SCHEDULED, approved_by=official, version=self.version + 1)

    def rescheduled(self, phase_id: UUID, opens_at: datetime, closes_at: datetime, at: datetime) -> "Process":
        """One phase moved. Raises PhaseIsOver, PhaseOrder, KeyError for a phase of another process."""
        moved = self.phase(phase_id)
        if moved.state is PhaseState.CLOSED or moved.closes_at <= at:
            raise PhaseIsOver("This phase is over.")
        return self._with(replace(moved, opens_at=opens_at, closes_at=closes_at)).ordered()

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
        for phase in self.phases:
            if phase.closes_at <= phase.opens_at or (before and phase.opens_at < before.closes_at):
                raise PhaseOrder("Phases close after they open and do not overlap.")
            before = phase
        return self

    def _with(self, changed: Phase) -> "Process":
        phases = tuple(changed if phase.id == changed.id else phase for phase in self.phases)
        return replace(self, phases=phases, version=self.version + 1)


def _no_such_phase(phase_id: UUID) -> Phase:
    raise KeyError(phase_id)
