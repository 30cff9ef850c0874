"""Every channel keeps the same promises."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import make
import pytest
from fake_smtp import FakeSmtp

from messaging.channels.console import ConsoleChannel
from messaging.channels.email import EmailChannel, Server
from messaging.channels.model import DELIVERED, Channel, Result
from messaging.channels.null import NullChannel


@pytest.fixture(params=["email", "console", "null"])
def channel(request: pytest.FixtureRequest, smtp: FakeSmtp) -> Iterator[Channel]:
    if request.param == "email":
        made: Channel = EmailChannel(Server("127.0.0.1", smtp.port, 2.0), "no-reply@city.example")
    else:
        made = ConsoleChannel() if request.param == "console" else NullChannel()
    yield made
    made.close()


class TestEveryChannel:
    def test_delivers_a_mail(self, channel: Channel) -> None:
        outcome = channel.send(make.mail())

        assert outcome == DELIVERED

    def test_is_named_by_one_word(self, channel: Channel) -> None:
        assert channel.name in {"email", "console", "null"}

    def test_takes_mails_of_several_threads(self, channel: Channel) -> None:
        with ThreadPoolExecutor(4) as pool:
            outcomes = list(pool.map(channel.send, [make.mail() for _ in range(20)]))

        assert {outcome.result for outcome in outcomes} == {Result.DELIVERED}

    def test_is_closed_twice_without_harm(self, channel: Channel) -> None:
        channel.send(make.mail())

        channel.close()
        channel.close()

    def test_writes_no_address_and_no_text_into_logs(self, channel: Channel, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level("DEBUG", "messaging")

        channel.send(make.mail("canary@example.org", text="canary text"))

        assert "canary" not in " ".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
