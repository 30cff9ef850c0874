"""What all forms share: validators that speak the page's language, the error summary, and refusals shown at a field.

A validator is given a function that says the message, because the language is known only while a request is answered.
"""

import secrets
from collections.abc import Callable, Mapping

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import StopValidation, ValidationError

from portal.language import _, ngettext
from portal.peers.gateway import Refusal
from portal.problems import explain

Say = Callable[[], str]


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form whose token the whole app checks before any view runs."""

    class Meta:
        csrf = False  # CSRFProtect refuses the request already; a second check would say the same

    def summary(self) -> list[tuple[str, str]]:
        """`(field id, message)` of each error, in the order of the fields; an error of the whole form has no id."""
        own = [("", message) for message in self.form_errors]
        return own + [(field.id, str(message)) for field in self for message in field.errors]

    def add_refusal(self, refusal: Refusal, pointers: Mapping[str, str] | None = None) -> None:
        """Show the refusal at the fields that it names, else above the form. `pointers` is `{wire name: field}`."""
        at_fields = False
        for pointer, detail in refusal.errors:
            wire_name = pointer.strip("/").partition("/")[0]
            field = getattr(self, (pointers or {}).get(wire_name, wire_name), None)
            if isinstance(field, Field):
                field.errors = [*field.errors, _("This was not taken: %(detail)s", detail=detail)]
                at_fields = True
        if not at_fields:
            explained = explain(refusal)
            self.form_errors = [*self.form_errors, f"{explained.title}. {explained.advice} {explained.said}".strip()]


class Filled:
    """The answer is not empty."""

    field_flags: Mapping[str, object] = {}

    def __init__(self, say: Say) -> None:
        self._say = say

    def __call__(self, form: FlaskForm, field: Field) -> None:
        if not (field.data or "").strip():
            raise StopValidation(self._say())


class OneOf:
    """The answer is one of those offered; an empty one passes."""

    field_flags: Mapping[str, object] = {}

    def __init__(self, codes: tuple[str, ...], say: Say) -> None:
        self._codes, self._say = codes, say

    def __call__(self, form: FlaskForm, field: Field) -> None:
        if field.data and field.data not in self._codes:
            raise ValidationError(self._say())


def long_enough(field: Field, least: int) -> None:
    """Characters. Raises ValidationError."""
    if len(field.data or "") < least:
        raise ValidationError(ngettext("Write at least %(num)s character", "Write at least %(num)s characters", least))


def short_enough(field: Field, most: int) -> None:
    """Characters. Raises ValidationError; says how many there are too many."""
    over = len(field.data or "") - most
    if over > 0:
        raise ValidationError(ngettext("Shorten this by %(num)s character", "Shorten this by %(num)s characters", over))


def stripped(text: str | None) -> str | None:
    """Without white space around it, lines ended as on the wire."""
    return text.replace("\r\n", "\n").strip() if text else text


def new_key() -> str:
    """Marks one form, so that sending it twice does one thing."""
    return secrets.token_urlsafe(18)
