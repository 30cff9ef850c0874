"""The steps of an idea, and the draft that is kept in the session between them."""

import re
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from wtforms import Field

from portal.forms import Filled, Form, OneOf, Wrong, line, long_enough, new_key, paragraphs, short_enough
from portal.language import _
from portal.peers.engagement.processes import Limits, Process
from portal.peers.engagement.proposals import DISPLAYS, Proposal

_TAGS_MOST, _TAG_MOST = 5, 40
_NAME_MOST, _PSEUDONYM_MOST = 120, 80
_COST_MOST = 10**12
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Draft:
    """An idea on its way. `key` makes sending it twice harmless; `id` is that of an idea that the block has already, as
    a draft or in public."""

    key: str
    language: str
    id: str = ""
    state: str = "draft"
    title: str = ""
    summary: str = ""
    body: str = ""
    category: str = ""
    tags: str = ""  # as typed, parted by commas
    place: str = ""
    cost: str = ""  # as typed
    currency: str = ""
    estimated_by: str = ""
    display: str = "name"
    pseudonym: str = ""
    shown_similar: str = ""  # not empty when similar ideas were shown

    @classmethod
    def empty(cls, language: str) -> Self:
        return cls(key=new_key(), language=language)

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Self:
        names = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in names})

    @classmethod
    def of(cls, proposal: Proposal) -> Self:
        """One that the block has, in its first language."""
        language, title = next(iter(proposal.title.items()))
        place, cost = proposal.place, proposal.cost
        return cls(
            key=new_key(),
            language=language,
            id=proposal.id,
            state=proposal.state,
            title=title,
            summary=(proposal.summary or {}).get(language, ""),
            body=(proposal.body or {}).get(language, ""),
            category=proposal.category or "",
            tags=", ".join(proposal.tags),
            place=place.name if place else "",
            cost=str(cost.amount) if cost else "",
            currency=cost.currency if cost else "",
            estimated_by=(cost.estimated_by or "") if cost else "",
            display=proposal.display,
            pseudonym=(proposal.author or "") if proposal.display == "pseudonym" else "",
        )

    def kept(self) -> dict[str, str]:
        return asdict(self)

    def tag_list(self) -> list[str]:
        return [part.strip() for part in self.tags.replace("،", ",").split(",") if part.strip()]

    def content(self) -> dict[str, object]:
        """What is sent to engagement."""
        found: dict[str, object] = {"title": {self.language: self.title}}
        if self.summary:
            found["summary"] = {self.language: self.summary}
        if self.body:
            found["body"] = {self.language: self.body}
        if self.category:
            found["category"] = self.category
        if self.tag_list():
            found["tags"] = self.tag_list()
        if self.place:
            found["place"] = {"name": self.place}
        if self.cost:
            estimated = {"estimatedBy": self.estimated_by} if self.estimated_by else {}
            found["cost"] = {"amount": amount(self.cost), "currency": self.currency, **estimated}
        if self.display != "name":
            found["display"] = self.display
        if self.display == "pseudonym":
            found["pseudonym"] = self.pseudonym
        return found


def amount(typed: str) -> int | None:
    """A whole number, with or without signs between its thousands, in any digits; None for anything else."""
    bare = "".join(sign for sign in typed if sign not in " .,'\u00a0\u202f\u066b\u066c")
    return int(bare) if bare.isdecimal() and int(bare) <= _COST_MOST else None


class TitleForm(Form):
    title = line(Filled(lambda: _("Give your idea a title")))
    language = line()

    def fits(self, process: Process) -> bool:
        limits = process.limits

        def size(form: Form, field: Field) -> None:
            long_enough(field, limits.title_min)
            short_enough(field, limits.title_max)

        def offered(form: Form, field: Field) -> None:
            if field.data not in process.languages:
                raise Wrong(_("Choose one of the languages"))

        return self.accepted({"title": [size], "language": [offered]})


class DetailsForm(Form):
    summary = paragraphs(Filled(lambda: _("Say in a few sentences what you propose")))
    body = paragraphs()
    category = line()
    tags = line()
    place = line()
    cost = line()
    currency = line()
    estimated_by = line()
    display = line(OneOf(DISPLAYS, lambda: _("Choose which name is shown")))
    pseudonym = line()

    def fits(self, process: Process) -> bool:
        limits: Limits = process.limits
        codes = {each.code for each in process.categories}

        def one_of(form: Form, field: Field) -> None:
            if codes and field.data not in codes:
                raise Wrong(_("Choose a category"))

        return self.accepted(
            {
                "summary": [lambda form, field: short_enough(field, limits.summary_max)],
                "body": [lambda form, field: short_enough(field, limits.body_max)],
                "category": [one_of],
            }
        )

    def validate_tags(self, field: Field) -> None:
        tags = Draft(key="", language="", tags=field.data or "").tag_list()
        if len(tags) > _TAGS_MOST or any(len(tag) > _TAG_MOST for tag in tags):
            raise Wrong(_("Use at most 5 keywords of at most 40 characters, with commas between them"))

    def validate_place(self, field: Field) -> None:
        short_enough(field, _NAME_MOST)

    def validate_estimated_by(self, field: Field) -> None:
        short_enough(field, _NAME_MOST)

    def validate_cost(self, field: Field) -> None:
        if field.data and amount(field.data) is None:
            raise Wrong(_("Write the cost as a whole number, for example 12000"))

    def validate_currency(self, field: Field) -> None:
        field.data = (field.data or "").upper()
        if self.cost.data and not _CURRENCY.fullmatch(field.data):
            raise Wrong(_("Write the currency in three letters, for example EUR"))

    def validate_pseudonym(self, field: Field) -> None:
        short_enough(field, _PSEUDONYM_MOST)
        if self.display.data == "pseudonym" and not field.data:
            raise Wrong(_("Write the name that is shown"))
