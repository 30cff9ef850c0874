"""A log line instead of a mail: ids alone, because logs hold neither addresses nor texts."""

import logging

from messaging.channels.model import DELIVERED, Mail, Outcome

log = logging.getLogger(__name__)


class ConsoleChannel:
    """Says that a message would have left."""

    name = "console"

    def send(self, mail: Mail) -> Outcome:
        facts = {"message_id": str(mail.id), "template": mail.template, "language": mail.language}
        log.info("a message leaves by the console", extra=facts)
        return DELIVERED

    def close(self) -> None:
        """Nothing is held."""
