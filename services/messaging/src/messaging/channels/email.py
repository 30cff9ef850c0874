"""E-mail over SMTP (RFC 5321), a connection a thread, kept between mails.

`Message-ID` is made from the message's id: a mail store that gets a mail twice, because we died between the provider's
acceptance and our note of it, can tell that it is the same.
"""

import contextlib
import smtplib
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.policy import compat32
from email.utils import format_datetime, formataddr

from messaging.channels.model import DELIVERED, Mail, Outcome, Result, is_address, one_line

_IDLE_SECONDS = 5.0  # a connection older than this is asked whether it lives before it carries a mail
_LONGEST_WORD = 60  # a longer one has no place to fold a header at, so it is written encoded
_TEXT = Charset("utf-8")
_TEXT.body_encoding = QP  # any server takes it, and no line grows past RFC 5322's limit


@dataclass(frozen=True, slots=True)
class Server:
    """The mail server that takes our mail."""

    host: str
    port: int
    timeout_seconds: float
    starttls: bool = False
    user: str = ""
    password: str = ""


class Refused(Exception):
    """The server answered a command with something else than yes."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class EmailChannel:
    """Sends through one mail server."""

    name = "email"

    def __init__(self, server: Server, sender_address: str) -> None:
        self._server = server
        self._sender = sender_address
        self._own = threading.local()
        self._lock = threading.Lock()
        self._open: set[smtplib.SMTP] = set()

    def send(self, mail: Mail) -> Outcome:
        """4xx, no answer and no connection are tried again; 5xx is for good. Copies never decide the outcome."""
        if not is_address(mail.to):
            return Outcome(Result.BOUNCED, "bad_address")
        try:
            with self._connection() as smtp:
                _transfer(smtp, self._sender, mail, composed(mail, self._sender))
        except Refused as refused:
            return _refusal(refused.code)
        except smtplib.SMTPResponseException as refused:
            return Outcome(Result.DEFERRED, "server_refuses_us", refused.smtp_code)  # greeting, TLS, password
        except (OSError, smtplib.SMTPException):
            return Outcome(Result.DEFERRED, "server_away")
        return DELIVERED

    def close(self) -> None:
        with self._lock:
            connections, self._open = self._open, set()
        for smtp in connections:
            smtp.close()

    @contextlib.contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        smtp = self._kept() or self._connected()
        try:
            yield smtp
        except Refused:
            with contextlib.suppress(smtplib.SMTPException):
                smtp.rset()
            self._keep(smtp)
            raise
        except BaseException:
            self._drop(smtp)
            raise
        self._keep(smtp)

    def _kept(self) -> smtplib.SMTP | None:
        smtp: smtplib.SMTP | None = getattr(self._own, "smtp", None)
        self._own.smtp = None
        if smtp is None:
            return None
        idle = time.monotonic() - self._own.used_at > _IDLE_SECONDS
        if smtp.sock is None or (idle and not _lives(smtp)):
            self._drop(smtp)
            return None
        return smtp

    def _keep(self, smtp: smtplib.SMTP) -> None:
        self._own.smtp, self._own.used_at = smtp, time.monotonic()

    def _drop(self, smtp: smtplib.SMTP) -> None:
        with self._lock:
            self._open.discard(smtp)
        smtp.close()

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)
        with self._lock:
            self._open.add(smtp)
        if server.starttls:
            smtp.starttls(context=ssl.create_default_context())
        if server.user:
            smtp.login(server.user, server.password)
        smtp.ehlo_or_helo_if_needed()
        return smtp


def message_id(mail: Mail, sender_address: str) -> str:
    """The header that makes two copies of one mail alike."""
    return f"<{mail.id}@{sender_address.rpartition('@')[2]}>"


def composed(mail: Mail, sender_address: str) -> bytes:
    """The mail as RFC 5322 writes it. Names and subjects are one line, whatever was asked; addresses were checked.

    Headers are written with the older API of `email`: the newer one parses what it is given, at four times the cost.
    """
    message = Message()
    message["From"] = formataddr((one_line(mail.sender_name), sender_address))
    message["To"] = formataddr((one_line(mail.to_name), mail.to))
    if mail.copies:
        message["Cc"] = ", ".join(mail.copies)
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    subject = one_line(mail.subject, 250)
    folds = all(len(word) < _LONGEST_WORD for word in subject.split())
    charset = "us-ascii" if subject.isascii() and folds else "utf-8"
    message["Subject"] = Header(subject, charset, header_name="Subject").encode()
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = message_id(mail, sender_address)
    if mail.language:
        message["Content-Language"] = mail.language
    if mail.template:
        message["X-Baraza-Template"] = mail.template
        message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058 §3.1
    message["MIME-Version"] = "1.0"
    message.set_payload(mail.text.encode(), _TEXT)
    return message.as_bytes(policy=compat32.clone(linesep="\r\n"))


def _transfer(smtp: smtplib.SMTP, sender: str, mail: Mail, content: bytes) -> None:
    """Nothing is sent to anyone unless the recipient herself is taken; then copies go where they can."""
    _demand(smtp.mail(sender)[0])
    _demand(smtp.rcpt(mail.to)[0])
    for copy in mail.copies + mail.hidden_copies:
        smtp.rcpt(copy)
    try:
        _demand(smtp.data(content)[0])
    except smtplib.SMTPDataError as refused:
        raise Refused(refused.smtp_code) from refused


def _demand(code: int) -> None:
    if code == -1:  # smtplib's word for a reply that is none
        raise smtplib.SMTPServerDisconnected
    if not 200 <= code < 300:
        raise Refused(code)


def _refusal(code: int) -> Outcome:
    if code == 421:  # the server closes
        return Outcome(Result.DEFERRED, "server_away", code)
    if code >= 500:
        return Outcome(Result.BOUNCED, "refused", code)
    return Outcome(Result.DEFERRED, "later", code)


def _lives(smtp: smtplib.SMTP) -> bool:
    try:
        return smtp.noop()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False
