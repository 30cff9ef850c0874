"""Settings are read once, whole or not at all."""

from dataclasses import FrozenInstanceError, dataclass
from pathlib import Path

import pytest

from chassis.settings import BadSetting, ServiceSettings, describe, load, setting


@dataclass(frozen=True, kw_only=True)
class Settings(ServiceSettings):
    port: int = setting("Port", 8199)
    database_url: str = setting("Database", "sqlite:///notes.db")
    loud: bool = setting("Whether notes are read aloud", False)
    wait_seconds: float = setting("How long a note waits", 1.5)
    languages: tuple[str, ...] = setting("Languages", ("en",))
    token: str = setting("A secret", "", secret=True)
    editor: str = setting("Who edits")


NEEDED = {"EDITOR": "ann"}


def test_the_environment_overrides_what_is_usual() -> None:
    given = {"PORT": "9000", "LOUD": "TRUE", "WAIT_SECONDS": "0.5", "LANGUAGES": "en, sw,,fr"}

    read = load(Settings, given | NEEDED)

    assert (read.port, read.loud, read.wait_seconds, read.languages) == (9000, True, 0.5, ("en", "sw", "fr"))
    assert read.editor == "ann"


def test_what_is_not_said_is_as_usual() -> None:
    read = load(Settings, NEEDED)

    assert (read.port, read.loud, read.languages, read.host) == (8199, False, ("en",), "127.0.0.1")


def test_a_missing_setting_is_named_with_its_meaning() -> None:
    with pytest.raises(BadSetting, match="EDITOR is required: Who edits"):
        load(Settings, {})


@pytest.mark.parametrize(("name", "value"), [("PORT", "eighty"), ("LOUD", "perhaps"), ("WAIT_SECONDS", "soon")])
def test_an_unreadable_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"{name} cannot be read"):
        load(Settings, {name: value} | NEEDED)


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from the file\n")

    assert load(Settings, {"TOKEN_FILE": str(tmp_path / "token")} | NEEDED).token == "from the file"
    assert load(Settings, {"TOKEN": "plain"} | NEEDED).token == "plain"


def test_only_a_secret_comes_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "host").write_text("elsewhere")

    assert load(Settings, {"HOST_FILE": str(tmp_path / "host")} | NEEDED).host == "127.0.0.1"


def test_a_secret_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="TOKEN_FILE"):
        load(Settings, {"TOKEN_FILE": str(tmp_path / "nowhere")} | NEEDED)


def test_a_bad_secret_is_not_quoted() -> None:
    @dataclass(frozen=True)
    class Numbered:
        pin: int = setting("A secret number", 0, secret=True)

    with pytest.raises(BadSetting) as raised:
        load(Numbered, {"PIN": "hunter2"})

    assert "hunter2" not in str(raised.value)


def test_settings_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        load(Settings, NEEDED).port = 1  # type: ignore[misc]


def test_a_description_says_name_type_default_and_meaning() -> None:
    described = {name: rest for name, *rest in describe(Settings)}

    assert described["PORT"] == ["int", "8199", "Port"]
    assert described["EDITOR"][1] == "required"
    assert described["TOKEN"][1] == "(secret)"
    assert described["LOUD"][1] == "false"
    assert described["LANGUAGES"][1] == "en"
    assert all(meaning for _, _, meaning in described.values())


def test_every_setting_of_every_block_has_a_meaning() -> None:
    assert [name for name, _, _, meaning in describe(ServiceSettings) if not meaning] == []
