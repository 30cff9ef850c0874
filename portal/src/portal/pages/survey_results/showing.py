"""Results as the page shows them: charts drawn, and what belongs to one heading together."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from portal.charts import drawing
from portal.charts.histogram import histogram
from portal.charts.stacked import stacked_bar
from portal.language import _, percent
from portal.pages.survey_results.naming import Names
from portal.peers.engagement.survey_results import Distribution, QuestionResult, Results, Share, Survey
from portal.peers.wire import Text

_SCALES = frozenset({"scale", "nps", "csat"})
_MATRICES = frozenset({"matrix_single", "matrix_multiple"})
_HEAT = ("0", "1", "2", "3", "4", "5", "6")


@dataclass(frozen=True, slots=True)
class Question:
    """`form` names the part of the page that shows it: bars, scale, numbers, matrix, ranking, words, or given."""

    result: QuestionResult
    form: str
    chart: Markup

    @property
    def first(self) -> Distribution:
        return self.result.distributions[0]


@dataclass(frozen=True, slots=True)
class Page:
    title: Text | None
    questions: tuple[Question, ...]


def pages(survey: Survey, results: Results, names: Names) -> Iterator[Page]:
    """In the order of the survey; pages without figures are left out."""
    found = {each.id: each for each in results.questions}
    for page in survey.definition["pages"]:
        here = [found[each["id"]] for each in page["questions"] if each["id"] in found]
        if here:
            yield Page(page.get("title"), tuple(_question(each, names, weighted=results.weighted) for each in here))


def heat(share: float) -> str:
    """The class of a cell of a heat table."""
    return f"heat-{_HEAT[drawing.tone(share)]}"


def side(of: Distribution, code: str, *, weighted: bool) -> Share | None:
    """The share of an answer; None where it is withheld."""
    answer = next((each for each in of.answers if each.code == code), None)
    return (answer.weighted if weighted else answer.unweighted) if answer else None


def _question(of: QuestionResult, names: Names, *, weighted: bool) -> Question:
    form = _form(of)
    chart = Markup()
    its = of.distributions[0]
    if form == "scale" and not its.withheld:
        shares = [(each.code, side(its, each.code, weighted=weighted)) for each in its.answers]
        told = ", ".join(f"{names.answer(of.id, code)} {percent(share.share)}" for code, share in shares if share)
        chart = stacked_bar(names.plain_question(of.id), told, [share.share if share else 0 for _code, share in shares])
    elif form == "numbers" and its.histogram:
        bars = [
            (each.low, each.high, each.weighted.share if weighted else each.unweighted.share) for each in its.histogram
        ]
        told = _("Each bar is a range of numbers; the table says how many answers it holds.")
        chart = histogram(names.plain_question(of.id), told, bars)
    return Question(of, form, chart)


def _form(of: QuestionResult) -> str:
    if of.type in _SCALES:
        return "scale"
    if of.type in _MATRICES:
        return "matrix"
    if of.type in ("short_text", "long_text"):
        return "words"
    if of.type == "number":
        return "numbers"
    if of.type == "ranking":
        return "ranking"
    return "bars" if of.distributions[0].answers else "given"
