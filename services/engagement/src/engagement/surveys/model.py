"""A survey: its states, its settings, and what may change when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.errors import Conflict, Invalid
from engagement.processes.model import Text
from engagement.questionnaire import model as questionnaire
from engagement.questionnaire.checks import gaps
from engagement.questionnaire.model import Questionnaire
from engagement.questionnaire.route import Faults

Definition = dict[str, Any]  # as the contract spells it; `questionnaire.model.read` makes it a Questionnaire
_TEXTS = frozenset({"text", "title", "help", "unit", "low", "high", "message", "alt"})


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class SurveyIncomplete(Invalid):
    """The definition has a fault; `errors` names each."""


class StructureFrozen(Conflict):
    """After publication only texts change."""


class SurveyClosed(Conflict):
    """The survey is not published, or is closed."""


class NotADraftSurvey(Conflict):
    """Only a draft is published."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What officials choose. `editable`: answers can be changed until the survey closes. `hide_results`: nobody sees
    figures before that."""

    editable: bool = True
    hide_results: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """What an official writes."""

    title: Text
    definition: Definition
    introduction: Text | None = None
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class Survey:
    """One survey of a process. `revision` is 0 for a draft; `version` counts changes."""

    id: UUID
    process_id: UUID
    title: Text
    introduction: Text | None
    definition: Definition
    settings: Settings
    created_at: datetime
    state: State = State.DRAFT
    revision: int = 0
    version: int = 1
    published_at: datetime | None = None

    def asked(self) -> Questionnaire:
        """The definition, read."""
        return questionnaire.read(self.definition)

    def gaps(self, language: str) -> Faults:
        """What keeps it from being published; `language` is the one that every text needs."""
        titled = [] if language in self.title else [("/title", f"has no text in {language}")]
        return titled + gaps(self.asked(), language)

    def revised(self, wanted: Draft) -> "Survey":
        """Another draft in its place, or its texts put right. Raises StructureFrozen, SurveyClosed."""
        if self.state is State.CLOSED:
            raise SurveyClosed("This survey is closed.")
        if self.state is State.PUBLISHED and not self._same_but_for_texts(wanted):
            raise StructureFrozen("After publication only texts change.")
        return replace(
            self,
            title=wanted.title,
            introduction=wanted.introduction,
            definition=wanted.definition,
            settings=wanted.settings,
            revision=self.revision + (self.state is State.PUBLISHED),
            version=self.version + 1,
        )

    def published(self, language: str, at: datetime) -> "Survey":
        """Raises NotADraftSurvey, SurveyIncomplete."""
        if self.state is not State.DRAFT:
            raise NotADraftSurvey("This survey was published before.")
        return replace(
            self.complete(language), state=State.PUBLISHED, revision=1, published_at=at, version=self.version + 1
        )

    def complete(self, language: str) -> "Survey":
        """The same survey. Raises SurveyIncomplete."""
        if found := self.gaps(language):
            raise SurveyIncomplete("The survey cannot be asked like this.", found)
        return self

    def closed(self) -> "Survey":
        """Raises SurveyClosed."""
        if self.state is not State.PUBLISHED:
            raise SurveyClosed("Only a published survey is closed.")
        return replace(self, state=State.CLOSED, version=self.version + 1)

    def _same_but_for_texts(self, wanted: Draft) -> bool:
        return self.settings == wanted.settings and _structure(self.definition) == _structure(wanted.definition)


def _structure(part: Any) -> Any:  # Any: a part of a definition
    """What stays of a definition without its texts; that a text is there, and its languages, are no structure."""
    if isinstance(part, Mapping):
        return {key: _structure(value) for key, value in part.items() if key not in _TEXTS}
    return [_structure(each) for each in part] if isinstance(part, list) else part
