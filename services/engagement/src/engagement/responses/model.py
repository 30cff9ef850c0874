"""A response on its way from the first page to counted, changed or withdrawn."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chassis import ids
from chassis.errors import Conflict
from engagement.contributions import Channel, Kind, Status
from engagement.participants.model import Participant
from engagement.processes.model import Text
from engagement.questionnaire.model import Answers
from engagement.questionnaire.route import AnswerRefused, Route
from engagement.surveys.model import Survey

RESPONSE = Kind("response")
_ERASED = "—"


class State(StrEnum):
    STARTED = "started"
    SUBMITTED = "submitted"


class AlreadyAnswered(Conflict):
    """One person answers a survey once; this one's answers are not changed."""


class QuotaFull(Conflict):
    """As many people as were wanted have given such answers."""


@dataclass(frozen=True, slots=True)
class Response:
    """`answers` are those that count; `unsent` those that were saved since, None when there are none. `participant_id`
    is None for what was entered by an office."""

    id: UUID
    survey_id: UUID
    process_id: UUID
    participant_id: UUID | None
    actor_key: str
    channel: Channel
    ladder_step: int
    revision: int
    started_at: datetime
    at: datetime
    language: str | None = None
    status: Status = Status.PENDING
    state: State = State.STARTED
    answers: Answers = field(default_factory=dict)
    unsent: Answers | None = None
    contribution_id: UUID | None = None
    weight: float | None = None
    profile: Mapping[str, str] | None = None
    version: int = 1

    @property
    def counts(self) -> bool:
        """Whether its answers are among those that are counted."""
        return self.state is State.SUBMITTED and self.status is Status.COUNTED

    @property
    def current(self) -> Answers:
        """What the person sees of her answers: those she saved last."""
        return self.answers if self.unsent is None else self.unsent

    def said(self) -> list[object]:
        """What its leaf of the process log fingerprints."""
        return [str(self.survey_id), self.revision, self.answers]

    def saved(self, answers: Answers, language: str | None, at: datetime) -> "Response":
        """With these answers waiting to be submitted."""
        since = self.at if self.counts else at
        return replace(self, unsent=answers, language=language or self.language, at=since, version=self.version + 1)

    def submitted(self, answers: Answers, revision: int, at: datetime) -> "Response":
        """Counted, under a new name in the process log; what it said before stands there as withdrawn."""
        return replace(
            self,
            state=State.SUBMITTED,
            status=Status.COUNTED,
            answers=answers,
            unsent=None,
            contribution_id=ids.new(),
            revision=revision,
            at=at,
            version=self.version + 1,
        )

    def without_words(self, questions: Collection[str]) -> "Response":
        """With a dash in the place of each answer to these questions; it counts on."""
        blank = {name: _ERASED for name in questions if name in self.answers}
        return replace(self, answers=self.answers | blank, unsent=None, version=self.version + 1)

    def withdrawn(self, at: datetime) -> "Response":
        """It counts no more."""
        return replace(self, status=Status.WITHDRAWN, unsent=None, at=at, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class Sent:
    """Answers that a person gives for one page. `seen` are the questions that were shown to her; None means all.
    `complete` False saves what there is, to be gone on with later."""

    answers: Answers
    seen: Collection[str] | None = None
    language: str | None = None
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Next:
    """Where a person goes on: to a page, to check her answers (no page), or nowhere, because a quota is full and
    `stopped` says so."""

    page: str | None = None
    stopped: Text | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A response, the way of its answers, and what comes next. `told` are messages of quotas that are full and yet do
    not stop anyone."""

    survey: Survey
    response: Response
    route: Route
    next: Next
    told: tuple[Text, ...] = ()


def begun(survey: Survey, by: Participant, language: str | None, at: datetime) -> Response:
    """A response without answers."""
    return Response(
        id=ids.new(),
        survey_id=survey.id,
        process_id=survey.process_id,
        participant_id=by.id,
        actor_key=by.actor_key,
        channel=Channel.WEB,
        ladder_step=by.ladder_step,
        revision=survey.revision,
        started_at=at,
        at=at,
        language=language,
    )


def complete(route: Route) -> Route:
    """The same way. Raises AnswerRefused when an answer that is needed is not there."""
    if lacking := route.lacking():
        raise AnswerRefused("Some questions still need an answer.", lacking)
    return route
