import re
from email.headerregistry import Address

from wtforms import Field

from portal.forms import Filled, Form, Wrong, line, short_enough, tick
from portal.language import _

_NAME_MOST, _EMAIL_MOST = 80, 254
_CODE = re.compile(r"[0-9]{6}")


class _Agreeing(Form):
    agrees = tick()

    def validate_display_name(self, field: Field) -> None:
        short_enough(field, _NAME_MOST)

    def validate_email(self, field: Field) -> None:
        if field.data and not is_address(field.data):
            raise Wrong(_("Enter an e-mail address like name@example.org"))

    def validate_agrees(self, field: Field) -> None:
        if not field.data:
            raise Wrong(_("Agree before you join, or leave without joining"))


class JoinForm(_Agreeing):
    display_name = line(Filled(lambda: _("Enter the name to show")))
    email = line()


class VisitorForm(_Agreeing):
    """Of a process that is open to everybody: even a name is the person's choice."""

    display_name = line()


class VisitorByEmailForm(VisitorForm):
    """Of a process that counts each mailbox once."""

    email = line(Filled(lambda: _("Enter your e-mail address")))


class CodeForm(Form):
    code = line(Filled(lambda: _("Enter the code from the e-mail")))

    def validate_code(self, field: Field) -> None:
        field.data = "".join((field.data or "").split())
        if not _CODE.fullmatch(field.data):
            raise Wrong(_("The code has six digits"))


def is_address(text: str) -> bool:
    """Looks like an address; whether it is one, only a message can tell."""
    if len(text) > _EMAIL_MOST or any(letter.isspace() for letter in text):
        return False
    try:
        parsed = Address(addr_spec=text)
    except (ValueError, IndexError):
        return False
    return "." in parsed.domain.strip(".") and bool(parsed.username)
