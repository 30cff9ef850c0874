"""What all forms share: validators that speak the page's language, the error summary, and refusals shown at a field.

A validator is given a function that says the message, because the language is known only while a request is answered.
"""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, StringField, TextAreaField
from wtforms.validators import StopValidation, ValidationError

from portal.language import _, ngettext
from portal.peers.gateway import Refusal
from portal.problems import explain

Say = Callable[[], str]
Check = Callable[[Any, Field], None]  # the form, which each knows better than we do, and the field
Checks = Mapping[str, list[Check]]


class Wrong(ValidationError):
    """An answer that cannot stand; the message is for the person who gave it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)  # type: ignore[no-untyped-call]


class Form(FlaskForm):
    """A form whose token the whole app checks before any view runs."""

    class Meta:
        csrf = False  # CSRFProtect refuses the request already; a second check would say the same

    def __init__(self, held: Mapping[str, object] | None = None, *, sent: bool | None = None) -> None:
        """`held` is what the fields begin with; `sent` False leaves out what the request brought."""
        wanted = {"formdata": None} if sent is False else {}
        super().__init__(**wanted, data=held)  # type: ignore[no-untyped-call]

    def accepted(self, checks: Checks | None = None) -> bool:
        """Whether every answer is fine; if not, the fields hold the errors."""
        return bool(self.validate(extra_validators=checks))  # type: ignore[no-untyped-call]

    def mistakes(self) -> list[tuple[str, str]]:
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
                field.errors = (*field.errors, _("This was not taken: %(detail)s", detail=detail))
                at_fields = True
        if not at_fields:
            explained = explain(refusal)
            self.form_errors = [*self.form_errors, f"{explained.title}. {explained.advice} {explained.said}".strip()]


def stripped(text: str | None) -> str | None:
    """Without white space around it, lines ended as on the wire."""
    return text.replace("\r\n", "\n").strip() if text else text


def line(*checks: Check) -> StringField:
    """A short text, a choice among radios, or a select: the page decides."""
    return StringField(filters=[stripped], validators=checks)  # type: ignore[no-untyped-call]


def paragraphs(*checks: Check) -> TextAreaField:
    """A long text."""
    return TextAreaField(filters=[stripped], validators=checks)  # type: ignore[no-untyped-call]


def tick() -> BooleanField:
    """A checkbox."""
    return BooleanField()  # type: ignore[no-untyped-call]


def unseen() -> HiddenField:
    """What the page carries along."""
    return HiddenField()  # type: ignore[no-untyped-call]


class Filled:
    """The answer is not empty."""

    field_flags: Mapping[str, object] = {}

    def __init__(self, say: Say) -> None:
        self._say = say

    def __call__(self, form: FlaskForm, field: Field) -> None:
        if not (field.data or "").strip():
            raise StopValidation(self._say())  # type: ignore[no-untyped-call]


class OneOf:
    """The answer is one of those offered; an empty one passes."""

    field_flags: Mapping[str, object] = {}

    def __init__(self, codes: tuple[str, ...], say: Say) -> None:
        self._codes, self._say = codes, say

    def __call__(self, form: FlaskForm, field: Field) -> None:
        if field.data and field.data not in self._codes:
            raise Wrong(self._say())


def long_enough(field: Field, least: int) -> None:
    """Characters. Raises Wrong."""
    if len(field.data or "") < least:
        raise Wrong(ngettext("Write at least %(num)s character", "Write at least %(num)s characters", least))


def short_enough(field: Field, most: int) -> None:
    """Characters. Raises Wrong; says how many there are too many."""
    over = len(field.data or "") - most
    if over > 0:
        raise Wrong(ngettext("Shorten this by %(num)s character", "Shorten this by %(num)s characters", over))


def new_key() -> str:
    """Marks one form, so that sending it twice does one thing."""
    return secrets.token_urlsafe(18)
