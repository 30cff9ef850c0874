"""From a message, an address and a name to a mail that can leave."""

from dataclasses import replace

from messaging.channels.model import Mail, one_line
from messaging.messages.model import Letter, Message, Notice
from messaging.settings import Settings
from messaging.templates.model import render

_LONGEST_NAME = 80


def addressed(message: Message, to: str, name: str, language: str | None, settings: Settings) -> Mail:
    """A notice is rendered in the language that its event names, else in the person's own. `name` is a person's word
    for herself: it becomes one line of plain text."""
    name = one_line(name, _LONGEST_NAME)
    if isinstance(message.content, Letter):
        return _letter(message, message.content, to, name, settings)
    if isinstance(message.content, Notice):
        return _notice(message, message.content, to, name, language, settings)
    raise ValueError("a settled message has nothing left to send")


def _letter(message: Message, letter: Letter, to: str, name: str, settings: Settings) -> Mail:
    return Mail(
        id=message.id,
        to=to,
        to_name=name or letter.to_name,
        subject=letter.subject,
        text=letter.text,
        at=message.accepted_at,
        sender_name=letter.sender_name or settings.sender_name,
        reply_to=letter.reply_to,
        copies=letter.copies,
        hidden_copies=letter.hidden_copies,
        unsubscribe=letter.unsubscribe,
    )


def _notice(message: Message, notice: Notice, to: str, name: str, language: str | None, settings: Settings) -> Mail:
    portal = settings.portal_url.rstrip("/")
    items = [replace(item, link=f"{portal}{item.link}") for item in notice.items]
    values = {"name": name, "link": f"{portal}{notice.path}"}
    text = render(message.template or "", (message.language, language), values, items)
    return Mail(
        id=message.id,
        to=to,
        to_name=name,
        subject=text.subject,
        text=text.body,
        at=message.accepted_at,
        sender_name=settings.sender_name,
        language=text.language,
        template=message.template,
    )
