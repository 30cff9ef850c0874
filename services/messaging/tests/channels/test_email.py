"""SMTP: what servers answer, what a mail looks like, and what nobody can put into one."""

from collections.abc import Iterator

import fake_smtp
import make
import pytest
from fake_smtp import FakeSmtp

from messaging.channels.email import EmailChannel, Server, message_id
from messaging.channels.model import DELIVERED, Outcome, Result, is_address, one_line


@pytest.fixture
def channel(smtp: FakeSmtp) -> Iterator[EmailChannel]:
    channel = EmailChannel(Server("127.0.0.1", smtp.port, 0.5), "no-reply@city.example")
    yield channel
    channel.close()


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("250 OK", DELIVERED),
        ("451 later", Outcome(Result.DEFERRED, "later", 451)),
        ("552 too much", Outcome(Result.BOUNCED, "refused", 552)),
        ("421 closing", Outcome(Result.DEFERRED, "server_away", 421)),
        (fake_smtp.DROP, Outcome(Result.DEFERRED, "server_away")),
        (fake_smtp.ACCEPT_THEN_SILENCE, Outcome(Result.DEFERRED, "server_away")),
    ],
)
def test_what_an_answer_to_the_content_means(
    channel: EmailChannel, smtp: FakeSmtp, answer: str, outcome: Outcome
) -> None:
    smtp.script.append(answer)

    first, second = channel.send(make.mail()), channel.send(make.mail())

    assert (first.result, first.reason) == (outcome.result, outcome.reason)
    assert second == DELIVERED


@pytest.mark.parametrize(("answer", "result"), [("450 busy", Result.DEFERRED), ("550 unknown", Result.BOUNCED)])
def test_a_refused_recipient_gets_nothing_and_neither_do_copies(
    channel: EmailChannel, smtp: FakeSmtp, answer: str, result: Result
) -> None:
    smtp.refuse["ann@example.org"] = answer

    outcome = channel.send(make.mail(copies=("bob@example.org",)))

    assert outcome.result is result
    assert smtp.mails == []


def test_a_refused_copy_does_not_decide(channel: EmailChannel, smtp: FakeSmtp) -> None:
    smtp.refuse["bob@example.org"] = "550 unknown"

    outcome = channel.send(make.mail(copies=("bob@example.org",), hidden_copies=("cid@example.org",)))

    assert outcome == DELIVERED
    assert smtp.recipients == [["ann@example.org", "cid@example.org"]]
    assert "cid" not in str(smtp.mails[0])


def test_no_server_is_tried_again_later() -> None:
    channel = EmailChannel(Server("127.0.0.1", 1, 0.5), "no-reply@city.example")

    assert channel.send(make.mail()) == Outcome(Result.DEFERRED, "server_away")


def test_one_connection_carries_many_mails(channel: EmailChannel, smtp: FakeSmtp) -> None:
    for _ in range(20):
        channel.send(make.mail())

    assert len(smtp.mails) == 20
    assert smtp.connections == 1


def test_a_connection_that_the_server_closed_meanwhile_is_replaced(
    channel: EmailChannel, smtp: FakeSmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("messaging.channels.email._IDLE_SECONDS", 0.0)
    channel.send(make.mail())
    for connection in list(channel._open):
        connection.sock.close()  # type: ignore[union-attr]

    outcome = channel.send(make.mail())

    assert outcome == DELIVERED


def test_a_mail_says_where_it_comes_from_and_answers_go(channel: EmailChannel, smtp: FakeSmtp) -> None:
    mail = make.mail(subject="Així és", reply_to="office@city.example", language="ca", template="feedback")

    channel.send(mail)

    (sent,) = smtp.mails
    assert sent["From"] == "City <no-reply@city.example>"
    assert sent["Reply-To"] == "office@city.example"
    assert sent["Subject"] == "Així és"
    assert sent["Message-ID"] == message_id(mail, "no-reply@city.example") == f"<{mail.id}@city.example>"
    assert (sent["Content-Language"], sent["Auto-Submitted"]) == ("ca", "auto-generated")


def test_a_mail_says_where_one_request_ends_further_ones(channel: EmailChannel, smtp: FakeSmtp) -> None:
    end = "https://portal.example/follows/1/end"

    channel.send(make.mail(unsubscribe=end))
    channel.send(make.mail())

    newsletter, letter = smtp.mails
    assert newsletter["List-Unsubscribe"] == f"<{end}>"
    assert newsletter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    "subject",
    ["S'han publicat les decisions " * 7, "Així és el que s'ha decidit " * 7, "قرارات العملية " * 12, "a" * 249],
)
def test_a_long_subject_arrives_as_it_was(channel: EmailChannel, smtp: FakeSmtp, subject: str) -> None:
    channel.send(make.mail(subject=subject, to_name="Zoë " * 19, sender_name="محمد " * 20))

    (sent,) = smtp.mails
    assert sent["Subject"] == " ".join(subject.split())
    assert sent["To"].addresses[0].display_name == ("Zoë " * 19).strip()
    assert max(map(len, smtp.raw[0].splitlines())) < 998


@pytest.mark.parametrize(
    "evil", ["Ann\r\nBcc: eve@example.org", "Ann\nBcc: eve@example.org", "Ann\x00\x0b\u2028Bcc: eve", '"; <eve@e.org>']
)
def test_a_name_never_becomes_a_header(channel: EmailChannel, smtp: FakeSmtp, evil: str) -> None:
    channel.send(make.mail(to_name=evil, sender_name=evil, subject=evil))

    (sent,) = smtp.mails
    assert sent["Bcc"] is None
    assert [address.addr_spec for address in sent["To"].addresses] == ["ann@example.org"]
    assert smtp.recipients == [["ann@example.org"]]


def test_a_line_of_a_single_dot_does_not_end_the_mail(channel: EmailChannel, smtp: FakeSmtp) -> None:
    channel.send(make.mail(text="before\n.\nRCPT TO:<eve@example.org>\nafter\n"))

    assert smtp.mails[0].get_content().splitlines() == ["before", ".", "RCPT TO:<eve@example.org>", "after"]
    assert len(smtp.mails) == 1


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("ann@example.org", True),
        ("a.b+c@sub.example.org", True),
        ("ann@localhost", False),
        ("ann@example.org\n", False),
        ("ann@example.org> SIZE=1", False),
        ("ann@example.org,eve@example.org", False),
        ("Ann <ann@example.org>", False),
        ("änn@example.org", False),
        ("", False),
        ("a" * 250 + "@example.org", False),
    ],
)
def test_what_an_address_is(text: str, verdict: bool) -> None:
    assert is_address(text) is verdict


def test_one_line_keeps_letters_of_every_script() -> None:
    assert one_line("  Zoë\r\nمحمد \t x ") == "Zoë محمد x"
