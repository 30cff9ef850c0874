"""Results on the wire. Shares are from 0 to 1; scores in points or per cent."""

from typing import Any

from chassis.clock import text
from chassis.schemas import without_none
from engagement.statistics.association import Association
from engagement.statistics.estimates import Interval
from engagement.survey_results.model import (
    Answer,
    Bar,
    CrossCell,
    CrossTable,
    Distribution,
    Line,
    QuestionResult,
    Results,
    Share,
    Summary,
)

_DIGITS = 6


def results(of: Results) -> dict[str, Any]:
    return without_none(
        {
            "surveyId": str(of.survey_id),
            "audience": of.audience,
            "foldedAt": text(of.folded_at) if of.folded_at else None,
            "responses": of.responses,
            "waiting": of.waiting,
            "weight": _number(of.weight),
            "effective": _number(of.effective),
            "weighted": of.weighted,
            "crossable": of.crossable,
            "attributes": [_distribution(each) for each in of.attributes],
            "questions": [_question(each) for each in of.questions],
        }
    )


def cross_table(of: CrossTable) -> dict[str, Any]:
    return without_none(
        {
            "surveyId": str(of.survey_id),
            "audience": of.audience,
            "first": of.first,
            "second": of.second,
            "answered": of.answered,
            "rows": [_line(each) for each in of.rows],
            "columns": [_line(each) for each in of.columns],
            "cells": [[_cell(each) for each in row] for row in of.cells],
            "association": _association(of.plain),
            "weightedAssociation": _association(of.weighted),
        }
    )


def _question(of: QuestionResult) -> dict[str, Any]:
    score = of.score
    return without_none(
        {
            "id": of.id,
            "type": of.type,
            "distributions": [_distribution(each) for each in of.distributions],
            "score": {"kind": score.kind, "value": _number(score.plain), "weighted": _number(score.weighted)}
            if score
            else None,
            "terms": [{"term": each.term, "n": each.n} for each in of.terms],
        }
    )


def _distribution(of: Distribution) -> dict[str, Any]:
    return without_none(
        {
            "variable": of.variable,
            "part": of.part,
            "answered": of.answered,
            "missing": of.missing,
            "skipped": of.skipped,
            "weight": _number(of.weight),
            "effective": _number(of.effective),
            "withheld": of.withheld,
            "answers": [_answer(each) for each in of.answers],
            "summary": _summary(of.plain),
            "weightedSummary": _summary(of.weighted),
            "histogram": [_bar(each) for each in of.histogram],
        }
    )


def _answer(of: Answer) -> dict[str, Any]:
    return without_none({"code": of.code, "unweighted": _share(of.plain), "weighted": _share(of.weighted)})


def _share(of: Share | None) -> dict[str, Any] | None:
    return {"count": _number(of.count), "share": _number(of.share)} | _interval(of.interval) if of else None


def _interval(of: Interval | None) -> dict[str, Any]:
    return {"low": _number(of.low), "high": _number(of.high)} if of else {}


def _summary(of: Summary | None) -> dict[str, Any] | None:
    if of is None:
        return None
    numbers = {"mean": of.mean, "median": of.median, "deviation": of.deviation, "borda": of.borda}
    return {name: _number(value) for name, value in numbers.items() if value is not None} | _interval(of.interval)


def _bar(of: Bar) -> dict[str, Any]:
    return {
        "low": _number(of.low),
        "high": _number(of.high),
        "unweighted": _share(of.plain),
        "weighted": _share(of.weighted),
    }


def _line(of: Line) -> dict[str, Any]:
    return {"codes": of.codes, "n": of.n, "weight": _number(of.weight), "effective": _number(of.effective)}


def _cell(of: CrossCell | None) -> dict[str, Any] | None:
    if of is None:
        return None
    weighted = {"weight": _number(of.weight), "weightedShare": _number(of.weighted_share)}
    return {"n": of.n, "share": _number(of.share)} | weighted


def _association(of: Association | None) -> dict[str, Any] | None:
    if of is None:
        return None
    numbers = {"chiSquared": _number(of.chi_squared), "degrees": of.degrees, "p": of.p}
    return numbers | {"cramersV": _number(of.cramers_v), "reliable": of.reliable}


def _number(value: float) -> float:
    return round(value, _DIGITS)
