"""The reference pages say what code and contracts say."""

from pathlib import Path

import pytest
import reference
from house import BLOCKS, SOURCES


def test_the_reference_is_what_would_be_written_now() -> None:
    assert reference.stale(reference.FOLDER) == []


def test_a_page_that_is_stale_or_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reference.write(tmp_path)
    monkeypatch.setattr(reference, "FOLDER", tmp_path)
    fresh = reference.main(["--check"])
    (tmp_path / "scopes.md").unlink()
    (tmp_path / "metrics.md").write_text("old")

    assert (fresh, reference.main(["--check"])) == (0, 1)
    named = capsys.readouterr().err
    assert "scopes.md" in named
    assert "metrics.md" in named
    assert "events.md" not in named


def test_every_process_with_settings_is_described() -> None:
    described = {name for name, folder in SOURCES.items() if (folder / "settings.py").is_file()} - {"chassis"}

    assert set(reference.SETTINGS) == described
    assert set(reference.BLOCKS) == set(BLOCKS)


@pytest.mark.parametrize("page", sorted(reference.PAGES))
def test_every_row_of_a_table_has_as_many_cells_as_its_head(page: str) -> None:
    width = 0
    for line in reference.PAGES[page]().splitlines():
        cells = line.replace("\\|", "").count("|")
        width = width if cells and width else cells
        assert cells == width, line
