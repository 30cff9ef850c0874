"""Which passwords are taken."""

import pytest

from chassis.errors import Refusal
from identity.people.policy import PasswordTooCommon, PasswordTooLong, PasswordTooShort, may_be_password


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("wild geese fly north", None),
        ("aaaabbbbccccddddeeee", None),
        ("élève à l'école", None),
        ("ظباء تعدو شمالا", None),
        ("elevenchars", PasswordTooShort),
        ("x" * 129, PasswordTooLong),
        ("PasswordPassword", PasswordTooCommon),
        ("password2026!!", PasswordTooCommon),
        ("123456789012", PasswordTooCommon),
        ("abcdefghijklmn", PasswordTooCommon),
        ("210987654321", PasswordTooCommon),
        ("aaaaaaaaaaaa", PasswordTooCommon),
        ("abababababab", PasswordTooCommon),
        ("!!!!????....", PasswordTooCommon),
        ("ada.lovelace@example.org", PasswordTooCommon),
        ("ada.lovelace2026", PasswordTooCommon),
        ("Augusta Ada King", PasswordTooCommon),
        ("\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44" + "1234", PasswordTooCommon),
    ],
)
def test_which_passwords_are_taken(password: str, refusal: type[Refusal] | None) -> None:
    verdict = may_be_password(password, "ada.lovelace@example.org", "Augusta Ada King", 12)

    assert type(verdict.refusal) is (refusal or type(None))
