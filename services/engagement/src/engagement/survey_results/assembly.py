"""All results of a survey, from its running cells."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from engagement.questionnaire.model import Question, Questionnaire, Type
from engagement.statistics.estimates import effective
from engagement.survey_results.crossing import Side
from engagement.survey_results.distributions import Cells, distribution
from engagement.survey_results.model import (
    NONE,
    Audience,
    Distribution,
    NotCrossable,
    QuestionResult,
    Results,
    Score,
    ScoreKind,
    Term,
)
from engagement.survey_tally.model import (
    ALL,
    ANSWERED,
    MOST_CROSSED,
    PROFILE,
    Measure,
    Variable,
    variables,
)

AllCells = Mapping[str, Cells]  # {variable: {code: sums}}
_SATISFIED = 2  # how many of the best answers count as satisfied
_PROMOTERS, _DETRACTORS = ("9", "10"), tuple(str(value) for value in range(7))


def results(
    survey_id: UUID,
    asked: Questionnaire,
    cells: AllCells,
    terms: Mapping[str, tuple[Term, ...]],
    audience: Audience,
    *,
    waiting: int,
    folded_at: datetime | None,
) -> Results:
    """As this audience may see them."""
    base = cells.get(ALL, {}).get(ANSWERED, NONE)
    known = _known(asked, cells)
    of_question: dict[str, list[Distribution]] = {}
    attributes = []
    for variable in known:
        made = distribution(variable, cells.get(variable.name, {}), audience)
        if variable.question is None:
            attributes.append(made)
        else:
            of_question.setdefault(variable.question, []).append(made)
    return Results(
        survey_id=survey_id,
        audience=audience,
        folded_at=folded_at,
        responses=base.n,
        waiting=waiting,
        weight=base.weight,
        effective=effective(base.weight, base.weight_squares),
        weighted=any(abs(each - base.n) > 1e-6 * base.n for each in (base.weight, base.weight_squares)),
        crossable=tuple(each.name for each in crossable(asked, cells)),
        attributes=tuple(attributes),
        questions=tuple(
            _question(each, tuple(of_question[each.id]), terms.get(each.id, ()))
            for each in asked.questions()
            if each.id in of_question
        ),
    )


def crossable(asked: Questionnaire, cells: AllCells) -> list[Variable]:
    """What is counted in pairs, in the order of a pair's two."""
    known = _known(asked, cells)
    attributes = [each for each in known if each.name.startswith(PROFILE)]
    return attributes + [each for each in known if each.closed and each not in attributes][:MOST_CROSSED]


def sides(asked: Questionnaire, cells: AllCells, first: str, second: str) -> tuple[Side, Side]:
    """The two questions of a cross table. Raises NotCrossable."""
    known = {each.name: each for each in crossable(asked, cells)}
    if first not in known or second not in known or first == second:
        raise NotCrossable("Cross two different closed questions.")
    return Side(known[first], cells.get(first, {})), Side(known[second], cells.get(second, {}))


def _known(asked: Questionnaire, cells: AllCells) -> list[Variable]:
    """Bands of profiles are known from the responses alone."""
    profile = sorted(name for name in cells if name.startswith(PROFILE))
    return [Variable(name, Measure.CHOICE) for name in profile] + variables(asked)


def _question(of: Question, its: tuple[Distribution, ...], terms: tuple[Term, ...]) -> QuestionResult:
    return QuestionResult(of.id, of.type, its, _score(of, its[0]), terms)


def _score(of: Question, its: Distribution) -> Score | None:
    """None where the question has none, or what it is made of is withheld."""
    if of.type not in (Type.NPS, Type.CSAT) or its.withheld or not its.answered:
        return None
    plain = {answer.code: answer.plain.share for answer in its.answers if answer.plain}
    weighted = {answer.code: answer.weighted.share for answer in its.answers if answer.weighted}
    if of.type is Type.NPS:
        return Score(ScoreKind.NPS, _net(plain), _net(weighted))
    best = [answer.code for answer in its.answers][-_SATISFIED:]
    return Score(ScoreKind.CSAT, *(100 * sum(side[code] for code in best) for side in (plain, weighted)))


def _net(shares: Mapping[str, float]) -> float:
    return 100 * (sum(shares[code] for code in _PROMOTERS) - sum(shares[code] for code in _DETRACTORS))
