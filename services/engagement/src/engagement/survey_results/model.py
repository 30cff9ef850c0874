"""Results of a survey. What is None beside something told is withheld: too few people stand behind it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from chassis.errors import Conflict, Invalid
from engagement.statistics.association import Association
from engagement.statistics.estimates import Interval


class ResultsHidden(Conflict):
    """Nobody sees figures before the survey closes."""


class NotCrossable(Invalid):
    """Only closed questions are crossed, two different ones."""


class Audience(StrEnum):
    """For whom figures are made: for the public, small cells are withheld."""

    PUBLIC = "public"
    OFFICIAL = "official"


class Sums(NamedTuple):
    """A running cell: how many, Σw, Σw², and of numbers Σx, Σx², Σwx, Σwx²."""

    n: int = 0
    weight: float = 0.0
    weight_squares: float = 0.0
    total: float = 0.0
    squares: float = 0.0
    weighted_total: float = 0.0
    weighted_squares: float = 0.0


NONE = Sums()


@dataclass(frozen=True, slots=True)
class Share:
    """So many answers (or so much weight), their share of all that answered, and where the true share lies."""

    count: float
    share: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One code, unweighted and weighted; both None where it is withheld."""

    code: str
    plain: Share | None
    weighted: Share | None


@dataclass(frozen=True, slots=True)
class Summary:
    """Of answers that are numbers; `borda` of an option that was ranked: a point for each option below it."""

    mean: float
    median: float | None
    deviation: float | None
    interval: Interval | None
    borda: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """Of a histogram: numbers from `low` up to, and without, `high`."""

    low: float
    high: float
    plain: Share
    weighted: Share


@dataclass(frozen=True, slots=True)
class Distribution:
    """How one question, a row of a matrix, an option of a ranking or an attribute was answered. `effective` is how many
    equally weighted answers say as much. `withheld`: something of it is."""

    variable: str
    part: str | None
    answered: int
    missing: int
    skipped: int
    weight: float
    effective: float
    answers: tuple[Answer, ...] = ()
    plain: Summary | None = None
    weighted: Summary | None = None
    histogram: tuple[Bar, ...] = ()
    withheld: bool = False


class ScoreKind(StrEnum):
    NPS = "nps"  # share of 9 and 10 less share of 0 to 6, in points from -100 to 100
    CSAT = "csat"  # share of the two best answers, in per cent


@dataclass(frozen=True, slots=True)
class Score:
    kind: ScoreKind
    plain: float
    weighted: float


@dataclass(frozen=True, slots=True)
class Term:
    """A word, and how many responses hold it."""

    term: str
    n: int


@dataclass(frozen=True, slots=True)
class QuestionResult:
    id: str
    type: str
    distributions: tuple[Distribution, ...]
    score: Score | None = None
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """`waiting` responses have news that is not counted yet. `weighted`: not every response weighs one."""

    survey_id: UUID
    audience: Audience
    folded_at: datetime | None
    responses: int
    waiting: int
    weight: float
    effective: float
    weighted: bool
    crossable: tuple[str, ...]
    attributes: tuple[Distribution, ...]
    questions: tuple[QuestionResult, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a cross table. Several codes stand together where one alone would be too few people."""

    codes: tuple[str, ...]
    n: int
    weight: float
    effective: float


@dataclass(frozen=True, slots=True)
class CrossCell:
    """Answers in a row and a column, and their share of the column."""

    n: int
    share: float
    weight: float
    weighted_share: float


@dataclass(frozen=True, slots=True)
class CrossTable:
    """`cells[row][column]`; None where it is withheld. The associations are None where a question takes several answers
    or a cell is withheld."""

    survey_id: UUID
    first: str
    second: str
    audience: Audience
    answered: int
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: tuple[tuple[CrossCell | None, ...], ...]
    plain: Association | None
    weighted: Association | None
