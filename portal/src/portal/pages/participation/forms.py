from email.headerregistry import Address

from wtforms import Field

from portal.forms import Filled, Form, Wrong, line, short_enough, tick
from portal.language import _

_NAME_MOST, _EMAIL_MOST = 80, 254


class JoinForm(Form):
    display_name = line(Filled(lambda: _("Enter the name to show")))
    email = line()
    agrees = tick()

    def validate_display_name(self, field: Field) -> None:
        short_enough(field, _NAME_MOST)

    def validate_email(self, field: Field) -> None:
        if field.data and not _is_address(field.data):
            raise Wrong(_("Enter an e-mail address like name@example.org"))

    def validate_agrees(self, field: Field) -> None:
        if not field.data:
            raise Wrong(_("Agree before you join, or leave without joining"))


def _is_address(text: str) -> bool:
    """Looks like an address; whether it is one, only a message can tell."""
    if len(text) > _EMAIL_MOST or any(letter.isspace() for letter in text):
        return False
    try:
        parsed = Address(addr_spec=text)
    except (ValueError, IndexError):
        return False
    return "." in parsed.domain.strip(".") and bool(parsed.username)
