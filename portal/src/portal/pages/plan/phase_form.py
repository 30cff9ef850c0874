"""A phase as officials think of it: days and times of day of the institution's zone, instead of instants."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import Field
from wtforms.fields import SelectMultipleField

from portal.forms import Filled, Form, OneOf, Wrong, line, paragraphs, tick, unseen
from portal.language import _
from portal.pages.plan.forms import Whole, checked_day

KINDS = ("inform", "collect", "discuss", "prioritise", "vote", "evaluate", "report")
GRACE_MINUTES = ("0", "5", "10", "15")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def checked_time(form: Form, field: Field) -> None:
    """A time of day; an empty one passes."""
    if field.data and not _TIME.fullmatch(field.data):
        raise Wrong(_("Write a time like 09:30"))


class SpanForm(Form):
    """When a phase opens and closes. Without a time it opens as its first day begins, and closes as its last day
    ends."""

    version = unseen()
    opens_on = line(Filled(lambda: _("Say on which day it opens")), checked_day)
    opens_at = line(checked_time)
    last_day = line(Filled(lambda: _("Say on which day it closes")), checked_day)
    closes_at = line(checked_time)

    def instants(self, zone: str) -> tuple[str, str]:
        """As RFC 3339 writes them."""
        opens = _instant(self.opens_on.data, self.opens_at.data or "00:00", zone)
        if self.closes_at.data:
            return opens.isoformat(), _instant(self.last_day.data, self.closes_at.data, zone).isoformat()
        following = date.fromisoformat(self.last_day.data) + timedelta(days=1)
        return opens.isoformat(), _instant(following.isoformat(), "00:00", zone).isoformat()

    def validate_last_day(self, field: Field) -> None:
        """Days that browsers send compare as text; instants are the block's matter."""
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise Wrong(_("A phase closes after it opens"))


def several(codes: Iterable[str] = ()) -> SelectMultipleField:
    """Any number of checkboxes; what is not offered is not taken."""
    return SelectMultipleField(choices=list(codes))  # type: ignore[no-untyped-call]


class PhaseForm(SpanForm):
    title = line(Filled(lambda: _("Give the phase a title")))
    kind = line(OneOf(KINDS, lambda: _("Choose one of these")))
    accepts = several()
    may_overlap = tick()
    grace_minutes = line(OneOf(GRACE_MINUTES, lambda: _("Choose one of these")), Whole(15, 0))
    hides_results = tick()
    announcement = paragraphs()

    def phase(self, language: str, before: Mapping[str, Any], zone: str) -> dict[str, Any]:
        """On the wire; translations of what stood before stay."""
        opens_at, closes_at = self.instants(zone)
        made: dict[str, Any] = {
            "title": dict(before.get("title", {})) | {language: self.title.data},
            "opensAt": opens_at,
            "closesAt": closes_at,
            "accepts": sorted(self.accepts.data or ()),
            "kind": self.kind.data or "collect",
            "mayOverlap": bool(self.may_overlap.data),
            "graceMinutes": int(self.grace_minutes.data or 0),
            "hidesResults": bool(self.hides_results.data),
        }
        if self.announcement.data:
            made["announcement"] = dict(before.get("announcement", {})) | {language: self.announcement.data}
        return made


def held(phase: Mapping[str, Any], language: str, zone: str) -> dict[str, Any]:
    """What the fields of a phase begin with."""
    rest = {
        "title": phase["title"].get(language, ""),
        "kind": phase.get("kind", "collect"),
        "accepts": phase["accepts"],
        "may_overlap": phase.get("mayOverlap", False),
        "grace_minutes": str(phase.get("graceMinutes", 0)),
        "hides_results": phase.get("hidesResults", False),
        "announcement": phase.get("announcement", {}).get(language, ""),
    }
    return rest | span(datetime.fromisoformat(phase["opensAt"]), datetime.fromisoformat(phase["closesAt"]), zone)


def span(opens_at: datetime, closes_at: datetime, zone: str) -> dict[str, str]:
    """Days and times of day; an end at midnight is the end of the day before."""
    opens, closes = opens_at.astimezone(ZoneInfo(zone)), closes_at.astimezone(ZoneInfo(zone))
    whole_day = closes.time() == time(0)
    last = closes.date() - timedelta(days=1) if whole_day else closes.date()
    return {
        "opens_on": opens.date().isoformat(),
        "opens_at": "" if opens.time() == time(0) else opens.strftime("%H:%M"),
        "last_day": last.isoformat(),
        "closes_at": "" if whole_day else closes.strftime("%H:%M"),
    }


def _instant(day: str, at: str, zone: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(at), ZoneInfo(zone))
