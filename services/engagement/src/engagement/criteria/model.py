"""Criteria, and one evaluator's assessment of a proposal by them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import fmean
from uuid import UUID

from chassis.errors import Conflict, Forbidden, Invalid
from engagement.processes.model import Text

ENOUGH = 2  # assessments without a conflict, until they are opened
WHOLE = 1000  # the total of the most points in everything


class CriteriaPublished(Conflict):
    """Published criteria do not change."""


class NoCriteria(Conflict):
    """Assessing needs published criteria."""


class NotAnEvaluator(Forbidden):
    """Only evaluators of the process assess."""


class OutsideScale(Invalid):
    """Each criterion gets points on its scale; who declares a conflict gives none."""


class AssessmentFinal(Conflict):
    """What was opened to others does not change."""


class NotAssessed(Conflict):
    """Where criteria are published, a decision follows two assessments."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """`weight` is relative to the others'; points go from 0 to `scale`, more is better."""

    code: str
    name: Text
    description: Text
    weight: int
    scale: int


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """`published_at` is None while it may change; `version` 0 is the empty set of a process that has none."""

    process_id: UUID
    criteria: tuple[Criterion, ...] = ()
    published_at: datetime | None = None
    version: int = 0

    def revised(self, criteria: tuple[Criterion, ...]) -> "CriteriaSet":
        """Raises CriteriaPublished, Invalid for a code that stands twice."""
        if self.published_at is not None:
            raise CriteriaPublished("The criteria are published.")
        codes = [each.code for each in criteria]
        if twice := [place for place, code in enumerate(codes) if code in codes[:place]]:
            errors = [(f"/criteria/{place}/code", "stands twice") for place in twice]
            raise Invalid("A code names one criterion.", errors)
        return replace(self, criteria=criteria, version=self.version + 1)

    def published(self, at: datetime) -> "CriteriaSet":
        """Raises CriteriaPublished; NoCriteria when there is none."""
        if self.published_at is not None:
            raise CriteriaPublished("The criteria are published.")
        if not self.criteria:
            raise NoCriteria("There are no criteria to publish.")
        return replace(self, published_at=at, version=self.version + 1)

    def total(self, scores: Mapping[str, int]) -> int:
        """Weighted points in thousandths of what could be reached: 1000 · Σ wᵢ·pᵢ/sᵢ / Σ wᵢ. Raises OutsideScale."""
        known = {each.code: each for each in self.criteria}
        wrong = [code for code, points in scores.items() if code not in known or not 0 <= points <= known[code].scale]
        errors = [(f"/scores/{code}", "is no point on a scale") for code in wrong]
        errors += [(f"/scores/{code}", "is missing") for code in known if code not in scores]
        if errors:
            raise OutsideScale("Points are missing or outside a scale.", errors)
        weighted = sum(each.weight * scores[each.code] / each.scale for each in self.criteria)
        return round(WHOLE * weighted / sum(each.weight for each in self.criteria))


@dataclass(frozen=True, slots=True)
class Evaluator:
    """An official who assesses in a process, in the name of an office."""

    process_id: UUID
    subject: str
    office: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """What an evaluator sends: points by criterion, or that she has a conflict of interest."""

    conflict: bool
    scores: dict[str, int]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """`total` is None, and `scores` empty, where she declared a conflict of interest; `note` stays internal."""

    id: UUID
    process_id: UUID
    proposal_id: UUID
    evaluator: str
    conflict: bool
    scores: dict[str, int]
    total: int | None
    note: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """What assessments come to: the mean and the spread (highest less lowest) of totals and of each criterion."""

    assessments: int
    total: int
    spread: int
    criteria: dict[str, tuple[float, int]]  # code → mean and spread of the points


def counted(assessments: Sequence[Assessment]) -> list[Assessment]:
    """Those without a conflict."""
    return [each for each in assessments if each.total is not None]


def found(criteria: CriteriaSet, assessments: Sequence[Assessment]) -> Found | None:
    """None until there are enough."""
    given = counted(assessments)
    if len(given) < ENOUGH:
        return None
    totals = [each.total for each in given if each.total is not None]
    points = {each.code: [one.scores[each.code] for one in given] for each in criteria.criteria}
    by_criterion = {code: (round(fmean(all_), 2), max(all_) - min(all_)) for code, all_ in points.items()}
    return Found(len(given), round(fmean(totals)), max(totals) - min(totals), by_criterion)


@dataclass(frozen=True, slots=True)
class Looked:
    """The assessments of a proposal as one official may see them; `found` is None, `others` empty while they are
    blind to her."""

    criteria: CriteriaSet
    assessments: int
    mine: Assessment | None
    found: Found | None
    others: tuple[Assessment, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A proposal in the list of scores; `total` and `spread` are None while they are blind to the reader."""

    proposal_id: UUID
    number: int
    title: Text
    assessments: int
    total: int | None
    spread: int | None
