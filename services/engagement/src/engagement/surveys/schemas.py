"""Surveys on the wire. A definition is kept as it came."""

from base64 import b64encode
from dataclasses import asdict
from typing import Any

from chassis.clock import text
from chassis.schemas import camel, without_none
from engagement.questionnaire.model import Questionnaire
from engagement.questionnaire.route import Faults, Route
from engagement.questionnaire.shown import met
from engagement.surveys.model import Draft, Settings, Survey
from engagement.surveys.pictures import Picture


def draft(body: dict[str, Any]) -> Draft:
    """What an official writes; its validity is checked already."""
    given = body.get("settings", {})
    settings = Settings(**{name: given[camel(name)] for name in asdict(Settings()) if camel(name) in given})
    return Draft(body["title"], body["definition"], body.get("introduction"), settings)


def survey(of: Survey, gaps: Faults | None = None) -> dict[str, Any]:
    """A survey; `gaps` is for those who work on a draft."""
    shown = {
        "id": str(of.id),
        "processId": str(of.process_id),
        "title": of.title,
        "introduction": of.introduction,
        "definition": of.definition,
        "settings": {camel(name): value for name, value in asdict(of.settings).items()},
        "state": of.state,
        "revision": of.revision,
        "version": of.version,
        "minutes": of.asked().minutes(),
        "createdAt": text(of.created_at),
        "publishedAt": text(of.published_at) if of.published_at else None,
        "gaps": None if gaps is None else [{"pointer": pointer, "detail": detail} for pointer, detail in gaps],
    }
    return without_none(shown)


def listed(of: Survey) -> dict[str, Any]:
    """A survey in a list, without what it asks."""
    whole = survey(of)
    del whole["definition"]
    return whole


def picture(of: Picture) -> dict[str, Any]:
    """A picture."""
    return {"id": str(of.id), "mediaType": of.media_type, "content": b64encode(of.content).decode()}


def preview(of: Survey, asked: Questionnaire, route: Route, page: str | None) -> dict[str, Any]:
    """The way of some answers, and one page on it."""
    shown = {
        "pages": [each.id for each in route.pages],
        "page": met(of.definition, asked, route, page, None) if page else None,
        "ending": asked.endings[route.ending] if route.ending else None,
    }
    return without_none(shown)
