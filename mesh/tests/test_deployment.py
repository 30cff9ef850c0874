"""Secrets and certificates of a mesh in containers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from mesh.deployment import answers, secrets
from mesh.deployment.__main__ import main
from mesh.deployment.answers import Answers, BadAnswer
from mesh.deployment.certificates import RENEW_DAYS

AT = datetime(2026, 5, 1, tzinfo=UTC)
ANSWERS = Answers("participa.example.org", "id.example.org", "api.example.org", "ada@example.org")
TEXT = """\
# a comment
PORTAL_HOST=participa.example.org
IDENTITY_HOST="id.example.org"
GATEWAY_HOST=api.example.org

ADMINISTRATOR=ada@example.org
OTHER=anything at all
"""


def certificate(folder: Path, name: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / name / "tls" / "tls.crt").read_bytes())


def names(folder: Path, name: str) -> list[str]:
    found = certificate(folder, name).extensions.get_extension_for_class(x509.SubjectAlternativeName)
    return found.value.get_values_for_type(x509.DNSName)


def test_a_certificate_bears_the_processs_name_and_is_our_authoritys(tmp_path: Path) -> None:
    secrets.make(tmp_path, ANSWERS, AT)

    authority = x509.load_pem_x509_certificate((tmp_path / "ca.crt").read_bytes())
    for name in secrets.CERTIFIED:
        certificate(tmp_path, name).verify_directly_issued_by(authority)
        assert names(tmp_path, name)[:2] == [name, "localhost"]
    assert len({certificate(tmp_path, name).serial_number for name in secrets.CERTIFIED}) == len(secrets.CERTIFIED)


def test_a_certificate_near_its_end_is_made_anew_and_no_secret_changes(tmp_path: Path) -> None:
    secrets.make(tmp_path, ANSWERS, AT)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.parent.name != "tls"}
    ends = certificate(tmp_path, "gateway").not_valid_after_utc

    assert secrets.make(tmp_path, ANSWERS, ends - timedelta(days=RENEW_DAYS + 1)) == []
    assert secrets.make(tmp_path, ANSWERS, ends - timedelta(days=RENEW_DAYS)) == list(secrets.CERTIFIED)

    assert certificate(tmp_path, "gateway").not_valid_after_utc > ends
    assert {path: path.read_bytes() for path in before} == before


def test_another_host_name_makes_the_edges_certificate_and_the_seed_anew(tmp_path: Path) -> None:
    secrets.make(tmp_path, ANSWERS, AT)

    renewed = secrets.make(tmp_path, replace(ANSWERS, portal_host="voices.example.org"), AT)

    assert renewed == ["edge"]
    assert "voices.example.org" in names(tmp_path, "edge")
    assert "https://voices.example.org/sign-in/callback" in (tmp_path / "identity/own/seed.json").read_text()


def test_what_is_shown_to_containers_is_readable_there_and_the_rest_is_its_owners(tmp_path: Path) -> None:
    secrets.make(tmp_path, ANSWERS, AT)

    assert tmp_path.stat().st_mode & 0o777 == 0o700
    modes = {path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777 for path in tmp_path.rglob("*.*")}
    assert modes["ca.key"] == modes["administrator.txt"] == 0o600
    assert modes["gateway/tls/tls.key"] == modes["identity/own/seed.json"] == 0o444


def test_answers_are_read_as_docker_compose_reads_them(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(TEXT)

    assert answers.read(tmp_path / ".env") == ANSWERS


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("PORTAL_HOST=", "PORTAL_HOST"),
        ("PORTAL_HOST=https://participa.example.org", "PORTAL_HOST"),
        ("IDENTITY_HOST=Id.Example.Org", "IDENTITY_HOST"),
        ("ADMINISTRATOR=ada", "ADMINISTRATOR"),
        ("no assignment", "line 8"),
    ],
)
def test_an_answer_that_is_none_is_named(line: str, said: str, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"{TEXT}{line}\n")

    with pytest.raises(BadAnswer, match=said):
        answers.read(tmp_path / ".env")


def test_the_command_makes_the_folder_or_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".env").write_text(TEXT)
    asked = ["--answers", str(tmp_path / ".env"), "--into", str(tmp_path / "secrets")]

    assert main(asked) == 0
    assert main(["--answers", str(tmp_path / "none"), "--into", str(tmp_path / "secrets")]) == 2

    said = capsys.readouterr()
    assert "gateway" in said.out
    assert "none" in said.err
    assert (tmp_path / "secrets" / "administrator.txt").read_text() not in said.out + said.err
