"""Caught mails on the wire: JSON without addresses, and two plain pages for people."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from chassis.clock import text
from chassis.schemas import without_none
from messaging.catcher.model import Caught, Shown, shown

_PAGE = Markup(
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width"></head><body><main><h1>{title}</h1>{body}</main></body></html>'
)
_ROW = Markup('<li><a href="/catcher/{id}">{subject}</a> to {to}, <time>{at}</time></li>')
_MAIL = Markup(
    "<p>From {sender} to {to}, <time>{at}</time></p>"
    '<pre lang="{language}" dir="auto">{text}</pre><p><a href="/catcher">All mails</a></p>'
)


def caught(of: Caught) -> dict[str, Any]:
    return without_none(
        {
            "id": str(of.id),
            "messageId": of.message_id,
            "template": of.template,
            "subject": of.subject,
            "recipient": of.recipient,
            "at": text(of.at),
        }
    )


def list_page(mails: Sequence[Caught], total: int) -> str:
    """All that is shown is escaped: mails are written by others."""
    rows = Markup("").join(_row(each, shown(each.mail)) for each in mails)
    body = Markup("<p>{} of {} mails, newest first.</p><ul>{}</ul>").format(len(mails), total, rows)
    return str(_PAGE.format(title=escape("Caught mails"), body=body))


def mail_page(of: Caught) -> str:
    """One mail as its recipient would read it."""
    mail = shown(of.mail)
    body = _MAIL.format(sender=mail.sender, to=mail.to, at=text(of.at), language=mail.language, text=mail.text)
    return str(_PAGE.format(title=mail.subject, body=body))


def _row(of: Caught, mail: Shown) -> Markup:
    return _ROW.format(id=of.id, subject=mail.subject or "(no subject)", to=mail.to, at=text(of.at))
