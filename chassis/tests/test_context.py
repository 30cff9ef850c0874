"""The signed context: who calls is what the mediator signed, for this block, now."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as some
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey, RSAKey
from peer_server import PeerServer, Planned

from chassis.caller import Caller
from chassis.context import TYPE, ContextVerifier
from chassis.errors import Refusal, Unauthenticated, Unavailable
from chassis.testing.client import Speaker

ANN = {"application": "BARAZA/GOV/1001/portal", "subject": "ann", "roles": ["official"], "scopes": ["notes.write"]}


@pytest.fixture
def keys(tmp_path: Path, speaker: Speaker) -> Path:
    return speaker.write_keys(tmp_path)


@pytest.fixture
def verifier(keys: Path) -> ContextVerifier:
    return ContextVerifier("notes", str(keys))


def claims(**said: object) -> dict[str, object]:
    now = int(time.time())
    return {"aud": "notes", "iat": now, "exp": now + 60, "app": "BARAZA/GOV/1001/portal", "scopes": []} | said


def test_a_caller_says_how_the_person_signed_in(verifier: ContextVerifier, speaker: Speaker) -> None:
    assert verifier.caller(speaker.context("notes", ANN, acr="checked")).assurance == "checked"
    assert verifier.caller(speaker.context("notes", ANN)).assurance is None


def test_the_caller_is_what_was_signed(verifier: ContextVerifier, speaker: Speaker) -> None:
    assert verifier.caller(speaker.context("notes", ANN)) == Caller(
        application="BARAZA/GOV/1001/portal",
        subject="ann",
        roles=frozenset({"official"}),
        scopes=frozenset({"notes.write"}),
        acting_for=False,
    )


def test_an_application_for_itself_has_no_person(verifier: ContextVerifier, speaker: Speaker) -> None:
    caller = verifier.caller(speaker.context("notes", {"application": "BARAZA/GOV/1001/consent"}))

    assert (caller.subject, caller.roles, caller.acting_for) == (None, frozenset(), False)


def test_a_person_who_is_not_present_is_acted_for(verifier: ContextVerifier, speaker: Speaker) -> None:
    absent = speaker.context("notes", {"application": "BARAZA/GOV/1001/messaging"}, sub="ann")

    assert verifier.caller(absent).acting_for


@pytest.mark.parametrize(
    "said",
    [{"aud": "others"}, {"exp": 1}, {"iat": 1, "exp": 61}, {"exp": 9_999_999_999}, {"iat": 9_999_999_999}],
    ids=["another block's", "ended", "long ago", "too long", "of the future"],
)
def test_what_is_not_for_here_and_now_is_refused(
    verifier: ContextVerifier, speaker: Speaker, said: dict[str, object]
) -> None:
    with pytest.raises(Unauthenticated):
        verifier.caller(speaker.context("notes", ANN, **said))


@pytest.mark.parametrize("missing", ["aud", "iat", "exp"])
def test_what_lacks_a_claim_is_refused(verifier: ContextVerifier, speaker: Speaker, missing: str) -> None:
    said = {name: value for name, value in claims().items() if name != missing}
    token = jwt.encode({"alg": "Ed25519", "kid": "test", "typ": TYPE}, said, speaker._key, algorithms=["Ed25519"])

    with pytest.raises(Unauthenticated):
        verifier.caller(token)


def test_another_kind_of_token_under_the_same_key_is_refused(verifier: ContextVerifier, speaker: Speaker) -> None:
    token = jwt.encode(
        {"alg": "Ed25519", "kid": "test", "typ": "at+jwt"}, claims(), speaker._key, algorithms=["Ed25519"]
    )

    with pytest.raises(Unauthenticated):
        verifier.caller(token)


def test_a_signature_of_another_algorithm_is_refused(verifier: ContextVerifier, speaker: Speaker) -> None:
    public = orjson.dumps(speaker._key.as_dict(private=False))
    confused = OctKey.import_key(public.decode(), {"kid": "test"})
    rsa = RSAKey.generate_key(2048, {"kid": "test"})

    for algorithm, key in (("HS256", confused), ("RS256", rsa)):
        token = jwt.encode({"alg": algorithm, "kid": "test", "typ": TYPE}, claims(), key, algorithms=[algorithm])
        with pytest.raises(Unauthenticated):
            verifier.caller(token)


def test_a_changed_claim_breaks_the_signature(verifier: ContextVerifier, speaker: Speaker) -> None:
    head, _, tail = speaker.context("notes", ANN).split(".")
    _, other, _ = speaker.context("notes", ANN | {"roles": ["administrator"]}).split(".")

    with pytest.raises(Unauthenticated):
        verifier.caller(f"{head}.{other}.{tail}")


@given(some.text(min_size=1))
def test_whatever_else_comes_is_refused(token: str) -> None:
    folder = Path("/nonexistent-keys")
    with pytest.raises(Refusal):
        ContextVerifier("notes", str(folder)).caller(token)


@pytest.mark.parametrize("token", [None, "", "x", "a.b.c", "e30.e30.", "é.é.é", "." * 9, "\x00"])
def test_what_is_no_token_is_refused(verifier: ContextVerifier, token: str | None) -> None:
    with pytest.raises(Unauthenticated):
        verifier.caller(token)


def test_a_remembered_context_ends_with_its_time(verifier: ContextVerifier, speaker: Speaker) -> None:
    token = speaker.context("notes", ANN, exp=int(time.time()) + 2)
    assert verifier.caller(token) == verifier.caller(token)
    time.sleep(2.1)

    with pytest.raises(Unauthenticated):
        verifier.caller(token)


def test_what_is_remembered_is_bounded(verifier: ContextVerifier, speaker: Speaker) -> None:
    for number in range(4100):
        verifier.caller(speaker.context("notes", ANN, jti=str(number)))

    assert len(verifier._known) <= 4096


def test_new_keys_are_picked_up(verifier: ContextVerifier, speaker: Speaker, tmp_path: Path) -> None:
    verifier.caller(speaker.context("notes", ANN))
    successor = Speaker()
    successor._key = OKPKey.generate_key("Ed25519", {"kid": "next"}, private=True)
    token = jwt.encode({"alg": "Ed25519", "kid": "next", "typ": TYPE}, claims(), successor._key, algorithms=["Ed25519"])
    with pytest.raises(Unauthenticated):
        verifier.caller(token)

    successor.write_keys(tmp_path)
    time.sleep(2.1)  # keys are read again every two seconds at most

    assert verifier.caller(token).application == "BARAZA/GOV/1001/portal"


def test_keys_that_cannot_be_read_now_leave_the_known_ones(
    verifier: ContextVerifier, speaker: Speaker, keys: Path
) -> None:
    verifier.caller(speaker.context("notes", ANN))
    keys.unlink()
    time.sleep(2.1)
    with pytest.raises(Unauthenticated):
        verifier.caller("a.b.c")

    assert verifier.caller(speaker.context("notes", ANN)).subject == "ann"


@pytest.mark.parametrize("content", [None, b"", b"{bad", b'{"keys": "none"}', b"[]"])
def test_while_keys_were_never_had_nobody_is_known(tmp_path: Path, speaker: Speaker, content: bytes | None) -> None:
    path = tmp_path / "broken.json"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(Unavailable):
        ContextVerifier("notes", str(path)).caller(speaker.context("notes", ANN))


@pytest.fixture
def mediator(keys: Path) -> Iterator[PeerServer]:
    with PeerServer().serving() as server:
        server.planned = Planned(body=keys.read_bytes())
        yield server


def test_keys_may_come_from_an_address(mediator: PeerServer, speaker: Speaker) -> None:
    verifier = ContextVerifier("notes", f"{mediator.url}/.well-known/context-keys.json")

    assert verifier.caller(speaker.context("notes", ANN)).subject == "ann"
    verifier.caller(speaker.context("notes", ANN, jti="2"))
    assert [call.path for call in mediator.calls] == ["/.well-known/context-keys.json"]


def test_bad_tokens_do_not_make_a_crowd_at_the_mediators_door(mediator: PeerServer, speaker: Speaker) -> None:
    verifier = ContextVerifier("notes", mediator.url)
    verifier.caller(speaker.context("notes", ANN))

    for _ in range(50):
        with pytest.raises(Unauthenticated):
            verifier.caller("a.b.c")

    assert len(mediator.calls) <= 2


def refused(verifier: ContextVerifier) -> None:
    with pytest.raises(Unauthenticated):
        verifier.caller("a.b.c")


def test_while_keys_are_read_again_good_calls_do_not_wait(mediator: PeerServer, speaker: Speaker) -> None:
    verifier = ContextVerifier("notes", mediator.url)
    verifier.caller(speaker.context("notes", ANN))
    time.sleep(2.1)
    mediator.planned.after_seconds = 1
    bad = threading.Thread(target=refused, args=(verifier,))
    bad.start()
    time.sleep(0.2)

    started = time.monotonic()
    verifier.caller(speaker.context("notes", ANN, jti="another"))
    took = time.monotonic() - started
    bad.join()

    assert took < 0.5
