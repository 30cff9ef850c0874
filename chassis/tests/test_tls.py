"""Certificates and authorities: TLS 1.3 alone, files that are no pair, renewal while a process runs."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from authority import Authority
from cryptography.hazmat.primitives import serialization

from chassis import tls
from chassis.settings import BadSetting
from chassis.tls import Authorities, Certificate


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@contextmanager
def serving(context: ssl.SSLContext) -> Iterator[int]:
    """A port that shakes hands and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def run() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    try:
                        context.wrap_socket(connection, server_side=True).close()
                    except OSError:  # whoever came did not like what was offered
                        continue

        thread = threading.Thread(target=run)
        thread.start()
        yield int(listening.getsockname()[1])
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()


def shake(port: int, believed: ssl.SSLContext, host: str = "127.0.0.1") -> tuple[str | None, int]:
    """The version spoken and the serial number of the certificate shown."""
    with (
        socket.create_connection(("127.0.0.1", port)) as connection,
        believed.wrap_socket(connection, server_hostname=host) as spoken,
    ):
        shown = spoken.getpeercert()
        assert shown is not None
        return spoken.version(), int(shown["serialNumber"], 16)


def test_both_sides_speak_tls_1_3(authority: Authority) -> None:
    with serving(Certificate(*map(str, authority.issue())).context) as port:
        version, _ = shake(port, Authorities(str(authority.ca)).context())

    assert version == "TLSv1.3"


def test_a_client_of_tls_1_2_is_refused(authority: Authority) -> None:
    old = ssl.create_default_context(cafile=str(authority.ca))
    old.maximum_version = ssl.TLSVersion.TLSv1_2

    with serving(Certificate(*map(str, authority.issue())).context) as port, pytest.raises(ssl.SSLError):
        shake(port, old)


def test_a_server_of_tls_1_2_is_refused(authority: Authority) -> None:
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    old.load_cert_chain(*authority.issue())
    old.maximum_version = ssl.TLSVersion.TLSv1_2

    with serving(old) as port, pytest.raises(ssl.SSLError):
        shake(port, Authorities(str(authority.ca)).context())


def test_another_authoritys_certificate_and_another_hosts_are_refused(authority: Authority, tmp_path: Path) -> None:
    stranger = Authority(tmp_path, "stranger")
    believed = Authorities(str(authority.ca)).context()

    with serving(Certificate(*map(str, stranger.issue("theirs"))).context) as port, pytest.raises(ssl.SSLError):
        shake(port, believed)
    with (
        serving(Certificate(*map(str, authority.issue("other", host="other.example"))).context) as port,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        shake(port, believed)


def test_a_renewed_certificate_is_in_use_without_a_restart(authority: Authority) -> None:
    certificate, believed = Certificate(*map(str, authority.issue())), Authorities(str(authority.ca)).context()

    with serving(certificate.context) as port:
        before = shake(port, believed)
        unchanged = certificate.refresh()
        authority.issue()
        changed = certificate.refresh()
        after = shake(port, believed)

    assert (unchanged, changed) == (False, True)
    assert before != after


def test_a_pair_half_written_leaves_the_one_before_in_use(authority: Authority) -> None:
    certificate_file, key_file = authority.issue()
    certificate = Certificate(str(certificate_file), str(key_file))
    believed = Authorities(str(authority.ca)).context()
    new_certificate, new_key = (path.read_bytes() for path in authority.issue("new"))

    with serving(certificate.context) as port:
        before = shake(port, believed)
        certificate_file.write_bytes(new_certificate)
        half = certificate.refresh()
        meanwhile = shake(port, believed)
        key_file.write_bytes(new_key)
        whole = certificate.refresh()
        after = shake(port, believed)

    assert (half, whole) == (False, True)
    assert before == meanwhile != after


def test_new_authorities_are_believed_without_a_restart_and_broken_ones_change_nothing(
    authority: Authority, tmp_path: Path
) -> None:
    stranger = Authority(tmp_path, "stranger")
    authorities = Authorities(str(authority.ca))
    first = authorities.context()

    with serving(Certificate(*map(str, stranger.issue("theirs"))).context) as port:
        authority.ca.write_text("nothing")
        broken = authorities.context()
        authority.ca.write_bytes(stranger.ca.read_bytes())
        version, _ = shake(port, authorities.context())

    assert broken is first
    assert version == "TLSv1.3"
    assert authorities.context() is authorities.context(), "pools of connections stay while the file stays"


def test_what_is_no_pair_is_said_with_the_settings_name(authority: Authority, tmp_path: Path) -> None:
    certificate, key = map(str, authority.issue())
    _, other = map(str, authority.issue("other"))
    encrypted = tmp_path / "encrypted.key"
    loaded = serialization.load_pem_private_key(Path(key).read_bytes(), None)
    encrypted.write_bytes(
        loaded.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"x")
        )
    )

    for pair in [
        (certificate, ""),
        ("", key),
        (certificate, other),
        (certificate, "gone"),
        (certificate, str(encrypted)),
    ]:
        with pytest.raises(BadSetting, match="TLS_CERTIFICATE and TLS_KEY"):
            tls.certificate(*pair)
    with pytest.raises(BadSetting, match="TLS_CA"):
        Authorities(str(tmp_path / "gone"))
    assert tls.certificate("", "") is None
