"""Criteria and assessments on the wire."""

from dataclasses import asdict
from typing import Any

from chassis.clock import text
from chassis.schemas import without_none
from engagement.criteria.model import Assessment, CriteriaSet, Criterion, Evaluator, Found, Given, Looked, Score


def criteria(body: dict[str, Any]) -> tuple[Criterion, ...]:
    """What officials choose."""
    return tuple(Criterion(**each) for each in body["criteria"])


def given(body: dict[str, Any]) -> Given:
    """What an evaluator sends."""
    return Given(body["conflict"], body.get("scores", {}), body.get("note"))


def criteria_set(of: CriteriaSet) -> dict[str, Any]:
    """The criteria of a process."""
    return {
        "processId": str(of.process_id),
        "criteria": [asdict(each) for each in of.criteria],
        "publishedAt": text(of.published_at) if of.published_at else None,
        "version": of.version,
    }


def evaluator(of: Evaluator, *, me: bool) -> dict[str, Any]:
    """Who assesses, by office."""
    return {"office": of.office, "at": text(of.at), "me": me}


def assessment(of: Assessment) -> dict[str, Any]:
    """One evaluator's, without her name."""
    return {
        "id": str(of.id),
        "conflict": of.conflict,
        "scores": of.scores,
        "total": of.total,
        "note": of.note,
        "at": text(of.at),
    }


def looked(of: Looked) -> dict[str, Any]:
    """What an official sees of a proposal's assessments."""
    body = {
        "criteria": criteria_set(of.criteria),
        "assessments": of.assessments,
        "others": [assessment(each) for each in of.others],
    }
    mine = assessment(of.mine) if of.mine else None
    return body | without_none({"mine": mine, "found": found(of.found) if of.found else None})


def score(of: Score, slug: str) -> dict[str, Any]:
    """A proposal in the list of scores."""
    return {
        "proposalId": str(of.proposal_id),
        "reference": f"{slug.upper()}-{of.number:05}",
        "title": of.title,
        "assessments": of.assessments,
        "total": of.total,
        "spread": of.spread,
    }


def found(of: Found) -> dict[str, Any]:
    """What assessments come to."""
    by_criterion = {code: {"mean": mean, "spread": spread} for code, (mean, spread) in of.criteria.items()}
    return {"assessments": of.assessments, "total": of.total, "spread": of.spread, "criteria": by_criterion}
