"""A sealed backup opens with its passphrase, whole and unaltered, or not at all."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small_mesh import KEPT, filled

from mesh.backup import manifest, take
from mesh.backup.manifest import NotRestorable
from mesh.backup.restore import restore
from mesh.backup.sealed import Unopenable
from mesh.layout import Layout

PASSPHRASE = "four words are enough"


@pytest.fixture
def target(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "restored")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Layout, Path]:
    """A small mesh whose keys do not fit into one part of a sealed file, and its sealed backup."""
    folder = tmp_path_factory.mktemp("sealed")
    layout = Layout(folder / "mesh")
    layout.state.mkdir()
    filled(layout)
    layout.secret("noise").write_bytes(os.urandom(5 << 19))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(take, "PROCESSES", KEPT)
        return layout, take.backup(layout, folder / "backups", PASSPHRASE)


@pytest.fixture
def sealed(original: tuple[Layout, Path], tmp_path: Path) -> Path:
    """A copy of the sealed backup, to be damaged."""
    return Path(shutil.copytree(original[1], tmp_path / "sealed"))


def test_a_sealed_backup_opens_with_its_passphrase(original: tuple[Layout, Path], sealed: Path, target: Layout) -> None:
    restore(sealed, target, PASSPHRASE)

    noise = original[0].secret("noise").read_bytes()
    assert target.secret("noise").read_bytes() == noise
    assert not any(noise[:64] in path.read_bytes() for path in sealed.iterdir())
    assert {path.name for path in sealed.iterdir()} == {"data.tar.gz.sealed", "keys.tar.gz.sealed", "manifest.json"}


@pytest.mark.parametrize("passphrase", [None, "", "five words are not enough"])
def test_without_its_passphrase_nothing_is_restored(sealed: Path, target: Layout, passphrase: str | None) -> None:
    with pytest.raises((NotRestorable, Unopenable)):
        restore(sealed, target, passphrase)

    assert not target.state.exists()
    assert [path.name for path in target.state.parent.iterdir() if "restoring" in path.name] == []


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


FIRST_PART = slice(8 + 16, 8 + 16 + 4 + (1 << 20) + 16)  # after magic and salt: length, ciphertext, tag
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "a bit flipped": flipped,
    "cut off after a part": lambda content: content[: FIRST_PART.stop],
    "cut off in a part": lambda content: content[:-1],
    "without its first part": lambda content: content[: FIRST_PART.start] + content[FIRST_PART.stop :],
    "nothing but its beginning": lambda content: content[: FIRST_PART.start],
    "empty": lambda content: b"",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_part_is_not_restored(sealed: Path, target: Layout, damage: Callable[[bytes], bytes]) -> None:
    part, words = sealed / "keys.tar.gz.sealed", (sealed / "manifest.json").read_text()
    part.write_bytes(damage(part.read_bytes()))

    with pytest.raises(NotRestorable, match="not as it was written"):
        restore(sealed, target, PASSPHRASE)
    written = json.loads(words)["parts"][part.name]  # whoever damages it on purpose changes the manifest too
    (sealed / "manifest.json").write_text(words.replace(written, manifest.sha256(part)))
    with pytest.raises(Unopenable):
        restore(sealed, target, PASSPHRASE)

    assert not target.state.exists()


def test_an_unfinished_backup_is_none(sealed: Path, target: Layout) -> None:
    (sealed / "manifest.json").unlink()

    with pytest.raises(NotRestorable, match="no whole backup"):
        restore(sealed, target, PASSPHRASE)
