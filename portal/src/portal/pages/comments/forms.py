from typing import Self

from wtforms import Field

from portal.forms import Filled, Form, OneOf, line, new_key, paragraphs, short_enough, unseen
from portal.language import _
from portal.peers.engagement.comments import KINDS, POSITIONS
from portal.peers.engagement.moderation import RULES

_NOTE_MOST, _OFFICE_MOST = 500, 120


class CommentForm(Form):
    kind = line(OneOf(KINDS, lambda: _("Choose what it is")))
    position = line(OneOf(POSITIONS, lambda: _("Choose one of the positions")))
    body = paragraphs(Filled(lambda: _("Write your comment")))
    key = unseen()

    @classmethod
    def fresh(cls) -> Self:
        """An empty form, whatever the request brought."""
        return cls({"key": new_key(), "kind": "opinion"}, sent=False)

    def fits(self, body_most: int) -> bool:
        """`body_most` is the process's limit, in characters."""
        return self.accepted({"body": [lambda form, field: short_enough(field, body_most)]})


class AnswerForm(CommentForm):
    """An official's."""

    office = line(Filled(lambda: _("Say which office answers")))

    def validate_office(self, field: Field) -> None:
        short_enough(field, _OFFICE_MOST)


class EditForm(Form):
    body = paragraphs(Filled(lambda: _("Write your comment")))

    def fits(self, body_most: int) -> bool:
        """`body_most` is the process's limit, in characters."""
        return self.accepted({"body": [lambda form, field: short_enough(field, body_most)]})


class ReportForm(Form):
    reason = line(Filled(lambda: _("Choose a reason")), OneOf(RULES, lambda: _("Choose a reason")))
    note = paragraphs()

    def validate_note(self, field: Field) -> None:
        short_enough(field, _NOTE_MOST)
