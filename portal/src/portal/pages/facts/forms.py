import re

from wtforms import Field

from portal.forms import Filled, Form, OneOf, Wrong, line, paragraphs, unseen
from portal.language import _
from portal.peers.engagement.facts import RUMOUR_STATES, Source

_SOURCE = re.compile(r"(?P<title>.*?)\s*(?P<address>https?://\S+)")
_TITLE_MOST = 200


class SourcedForm(Form):
    """`sources` is one a line: what it is, then its address."""

    sources = paragraphs(Filled(lambda: _("Name at least one source")))

    def validate_sources(self, field: Field) -> None:
        if not all(map(_SOURCE.fullmatch, _lines(field.data))):
            raise Wrong(_("End every line with an address that begins with https://"))

    def listed(self) -> list[Source]:
        found = filter(None, map(_SOURCE.fullmatch, _lines(self.sources.data)))
        return [Source((each["title"] or each["address"])[:_TITLE_MOST], each["address"]) for each in found]


class FactsForm(SourcedForm):
    body = paragraphs(Filled(lambda: _("Write the facts")))
    after = unseen()


class RumourForm(SourcedForm):
    claim = paragraphs()
    status = line(Filled(lambda: _("Choose what is known")), OneOf(RUMOUR_STATES, lambda: _("Choose what is known")))
    answer = paragraphs(Filled(lambda: _("Write the answer")))


def lines(sources: tuple[Source, ...]) -> str:
    """As the form takes them."""
    return "\n".join(f"{each.title} {each.address}" for each in sources)


def _lines(text: str | None) -> list[str]:
    return [each for each in map(str.strip, (text or "").splitlines()) if each]
