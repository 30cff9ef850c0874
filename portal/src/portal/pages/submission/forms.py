"""The steps of an idea, and the draft that is kept in the session between them."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from wtforms import Field

from portal.forms import Filled, Form, Wrong, line, long_enough, new_key, paragraphs, short_enough
from portal.language import _
from portal.peers.engagement.processes import Limits, Process

_TAGS_MOST, _TAG_MOST = 5, 40


@dataclass(frozen=True, slots=True)
class Draft:
    """An idea on its way. `key` makes sending it twice harmless."""

    key: str
    language: str
    title: str = ""
    summary: str = ""
    body: str = ""
    category: str = ""
    tags: str = ""  # as typed, parted by commas

    @classmethod
    def empty(cls, language: str) -> Self:
        return cls(key=new_key(), language=language)

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Self:
        names = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in names})

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
        return found


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
