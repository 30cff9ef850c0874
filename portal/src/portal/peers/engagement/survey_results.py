"""What surveys came to; docs/reference/statistics.md defines each figure. None beside something told is withheld."""

from dataclasses import dataclass
from datetime import datetime

from portal.peers.gateway import Gateway
from portal.peers.wire import Json, Text, read


@dataclass(frozen=True, slots=True)
class Survey:
    """`definition` is that of the contract, with pages, questions and their options."""

    id: str
    process_id: str
    title: Text
    state: str  # draft, published, closed
    definition: Json


@dataclass(frozen=True, slots=True)
class Listed:
    id: str
    title: Text
    state: str
    settings: Json


@dataclass(frozen=True, slots=True)
class Surveys:
    items: tuple[Listed, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Answers (or their weight), their share, and its 95 % interval."""

    count: float
    share: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    code: str
    unweighted: Share | None = None
    weighted: Share | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    mean: float
    median: float | None = None
    deviation: float | None = None
    borda: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    low: float
    high: float
    unweighted: Share
    weighted: Share


@dataclass(frozen=True, slots=True)
class Distribution:
    """Of a question, of a row of a matrix or an option of a ranking (`part`), or of an attribute."""

    variable: str
    answered: int
    missing: int
    skipped: int
    weight: float
    effective: float
    withheld: bool
    part: str | None = None
    answers: tuple[Answer, ...] = ()
    summary: Summary | None = None
    weighted_summary: Summary | None = None
    histogram: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    kind: str  # nps, csat
    value: float
    weighted: float


@dataclass(frozen=True, slots=True)
class Term:
    term: str
    n: int


@dataclass(frozen=True, slots=True)
class QuestionResult:
    id: str
    type: str
    distributions: tuple[Distribution, ...]
    terms: tuple[Term, ...]
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class Results:
    survey_id: str
    audience: str  # public, official
    responses: int
    waiting: int
    weight: float
    effective: float
    weighted: bool
    crossable: tuple[str, ...]
    attributes: tuple[Distribution, ...]
    questions: tuple[QuestionResult, ...]
    folded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row or column; several codes where one alone would be too few people."""

    codes: tuple[str, ...]
    n: int
    weight: float
    effective: float


@dataclass(frozen=True, slots=True)
class CrossCell:
    n: int
    share: float
    weight: float
    weighted_share: float


@dataclass(frozen=True, slots=True)
class Association:
    chi_squared: float
    degrees: int
    p: float
    cramers_v: float
    reliable: bool


@dataclass(frozen=True, slots=True)
class CrossTable:
    first: str
    second: str
    audience: str
    answered: int
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: tuple[tuple[CrossCell | None, ...], ...]
    association: Association | None = None
    weighted_association: Association | None = None


def survey(gateway: Gateway, survey_id: str) -> Survey:
    return read(Survey, gateway.get("engagement", f"v1/surveys/{survey_id}"))


def surveys(gateway: Gateway, process_id: str, cursor: str | None) -> Surveys:
    path = f"v1/processes/{process_id}/surveys"
    return read(Surveys, gateway.get("engagement", path, query={"cursor": cursor}))


def results(gateway: Gateway, survey_id: str, audience: str) -> Results:
    path = f"v1/surveys/{survey_id}/results"
    return read(Results, gateway.get("engagement", path, query={"audience": audience}))


def cross_table(gateway: Gateway, survey_id: str, first: str, second: str, audience: str) -> CrossTable:
    query = {"first": first, "second": second, "audience": audience}
    return read(CrossTable, gateway.get("engagement", f"v1/surveys/{survey_id}/results/cross-table", query=query))


def recount(gateway: Gateway, survey_id: str) -> None:
    gateway.post("engagement", f"v1/surveys/{survey_id}/recount")
