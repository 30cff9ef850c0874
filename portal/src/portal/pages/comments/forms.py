from typing import Self

from wtforms import HiddenField, StringField, TextAreaField

from portal.forms import Filled, Form, OneOf, new_key, short_enough, stripped
from portal.language import _
from portal.peers.engagement.comments import POSITIONS
from portal.peers.engagement.moderation import RULES

_NOTE_MOST = 500


class CommentForm(Form):
    position = StringField(validators=[OneOf(POSITIONS, lambda: _("Choose one of the positions"))])
    body = TextAreaField(filters=[stripped], validators=[Filled(lambda: _("Write your comment"))])
    key = HiddenField()

    @classmethod
    def fresh(cls) -> Self:
        """An empty form, whatever the request brought."""
        return cls(formdata=None, key=new_key())

    def check(self, body_most: int) -> bool:
        """`body_most` is the process's limit, in characters."""
        return bool(self.validate(extra_validators={"body": [lambda form, field: short_enough(field, body_most)]}))


class ReportForm(Form):
    reason = StringField(
        validators=[Filled(lambda: _("Choose a reason")), OneOf(RULES, lambda: _("Choose a reason"))],
    )
    note = TextAreaField(filters=[stripped])

    def validate_note(self, field: TextAreaField) -> None:
        short_enough(field, _NOTE_MOST)
