from email.headerregistry import Address

from wtforms import BooleanField, StringField
from wtforms.validators import ValidationError

from portal.forms import Filled, Form, short_enough, stripped
from portal.language import _

_NAME_MOST, _EMAIL_MOST = 80, 254


class JoinForm(Form):
    display_name = StringField(filters=[stripped], validators=[Filled(lambda: _("Enter the name to show"))])
    email = StringField(filters=[stripped])
    agrees = BooleanField()

    def validate_display_name(self, field: StringField) -> None:
        short_enough(field, _NAME_MOST)

    def validate_email(self, field: StringField) -> None:
        if field.data and not _is_address(field.data):
            raise ValidationError(_("Enter an e-mail address like name@example.org"))

    def validate_agrees(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(_("Agree before you join, or leave without joining"))


def _is_address(text: str) -> bool:
    """Looks like an address; whether it is one, only a message can tell."""
    if len(text) > _EMAIL_MOST or any(letter.isspace() for letter in text):
        return False
    try:
        parsed = Address(addr_spec=text)
    except (ValueError, IndexError):
        return False
    return "." in parsed.domain.strip(".") and bool(parsed.username)
