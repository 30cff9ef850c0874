from collections.abc import Mapping
from dataclasses import dataclass, field

from wtforms import Field

from portal.forms import Filled, Form, Wrong, line, paragraphs, short_enough, tick
from portal.language import _, current, plain
from portal.peers.engagement.criteria import Criteria, Criterion
from portal.peers.wire import Json

_SPARE, _MOST, _OFFICE_MOST, _NOTE_MOST = 2, 100, 120, 2000


class OfficeForm(Form):
    office = line(Filled(lambda: _("Name the office that you assess for")))

    def validate_office(self, field: Field) -> None:
        short_enough(field, _OFFICE_MOST)


@dataclass
class Row:
    """A criterion as it is typed; `known` is the one that it changes, None for a new one."""

    name: str = ""
    description: str = ""
    weight: str = "1"
    scale: str = "10"
    known: Criterion | None = None

    def wire(self, place: int) -> Json:
        """In the contract's spelling; texts in other languages stay."""
        name = dict(self.known.name) if self.known else {}
        description = dict(self.known.description) if self.known else {}
        return {
            "code": self.known.code if self.known else f"c{place}",
            "name": name | {current(): self.name},
            "description": description | {current(): self.description},
            "weight": int(self.weight),
            "scale": int(self.scale),
        }


@dataclass
class CriteriaRows:
    """The rows of the page that edits criteria; `mistakes` is `(field id, message)`."""

    rows: list[Row]
    mistakes: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, criteria: Criteria) -> "CriteriaRows":
        """What is there, and two empty rows for more."""
        known = [
            Row(plain(each.name), plain(each.description), str(each.weight), str(each.scale), each)
            for each in criteria.criteria
        ]
        return cls(known + [Row() for _spare in range(_SPARE)])

    @classmethod
    def sent(cls, form: Mapping[str, str], criteria: Criteria) -> "CriteriaRows":
        """As they were typed; a row without a name and a description is left out when it is sent on."""
        known = dict(enumerate(criteria.criteria))
        rows = [_typed(form, place, known.get(place)) for place in range(len(known) + _SPARE)]
        made = cls(rows)
        made.mistakes = [wrong for place, row in enumerate(rows) for wrong in _wrong(place, row)]
        return made

    def wire(self) -> list[Json]:
        taken = {row.known.code for row in self.rows if row.known}
        places = (place for place in range(1, _MOST) if f"c{place}" not in taken)
        return [row.wire(0 if row.known else next(places)) for row in self.rows if row.name or row.description]


class AssessmentForm(Form):
    """Points stand beside it, one field a criterion: `points-<code>`."""

    conflict = tick()
    note = paragraphs()

    def validate_note(self, field: Field) -> None:
        short_enough(field, _NOTE_MOST)

    def wire(self, criteria: Criteria, form: Mapping[str, str]) -> Json:
        """In the contract's spelling. Raises Wrong where points are missing."""
        note = {"note": self.note.data} if self.note.data else {}
        if self.conflict.data:
            return {"conflict": True, **note}
        points = {each.code: form.get(f"points-{each.code}", "") for each in criteria.criteria}
        if not all(each.isdecimal() for each in points.values()):
            raise Wrong(_("Give points by every criterion, or declare a conflict of interest"))
        return {"conflict": False, "scores": {code: int(each) for code, each in points.items()}, **note}


def _typed(form: Mapping[str, str], place: int, known: Criterion | None) -> Row:
    name, description, weight, scale = (
        form.get(f"{each}-{place}", "").strip() for each in ("name", "description", "weight", "scale")
    )
    return Row(name, description, weight, scale, known)


def _wrong(place: int, row: Row) -> list[tuple[str, str]]:
    if not (row.name or row.description):
        return []
    empty = [(f"{name}-{place}", _("Give the criterion a name and a description")) for name in ("name", "description")
             if not getattr(row, name)]  # fmt: skip
    numbers = [(f"{name}-{place}", _("Give a number from %(least)s to %(most)s", least=1, most=_MOST))
               for name in ("weight", "scale") if not _is_number(getattr(row, name))]  # fmt: skip
    return empty + numbers


def _is_number(text: str) -> bool:
    return text.isdecimal() and 1 <= int(text) <= _MOST
