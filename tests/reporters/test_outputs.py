"""`-o FORMAT:PATH` writes whole files, or a folder of letters, and leaves nothing else behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.commands.check import report
from audit.commands.targets import write_whole
from audit.errors import UsageError
from audit.reporters import Look, reporters
from tests.commands.county import nianbao
from tests.reporters.make_result import result


def test_letters_go_into_a_folder_beside_what_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    report(result(), [("docx", folder)], Look())
    assert sorted(p.name for p in folder.iterdir()) == ["mine.txt", "汇总.docx", "青石镇.docx"]


def test_a_path_without_ending_is_a_folder_for_letters_and_a_file_for_others(
    tmp_path: Path,
) -> None:
    report(result(), [("docx", tmp_path / "a"), ("json", tmp_path / "b")], Look())
    assert (tmp_path / "a" / "汇总.docx").is_file() and (tmp_path / "b").is_file()


@pytest.mark.parametrize("name", ["xlsx", "html", "docx"])
def test_a_file_is_written_whole_beside_nothing(name: str, tmp_path: Path) -> None:
    report(result(), [(name, tmp_path / "new" / f"out.{name}")], Look())
    assert [p.name for p in (tmp_path / "new").iterdir()] == [f"out.{name}"]


@pytest.mark.parametrize("folder", [False, True])
def test_a_failed_write_leaves_what_was_there(folder: bool, tmp_path: Path) -> None:
    def fail(scratch: Path) -> None:
        (scratch / "half" if folder else scratch).write_text("half")
        raise ValueError("broken off")

    old = tmp_path / "out"
    (old.mkdir if folder else old.touch)()
    with pytest.raises(ValueError, match="broken off"):
        write_whole(old, fail, folder)
    assert list(tmp_path.rglob("*")) == [old]


@pytest.mark.parametrize("name", ["xlsx", "docx"])
def test_binary_formats_need_a_file(name: str) -> None:
    with pytest.raises(UsageError, match="-o"):
        report(result(), [(name, None)], Look())


def test_every_format_of_the_contract_is_there() -> None:
    wanted = "text json csv sarif junit github gitlab markdown xlsx html docx"
    assert set(wanted.split()) <= set(reporters())


@pytest.mark.parametrize("name", sorted(set(reporters()) - {"gitlab", "github"}))
def test_a_report_of_no_year_is_shown(name: str, tmp_path: Path) -> None:
    """Its edition is not known, nor what form its tables should have."""
    (tmp_path / "a.csv").write_text(
        "unit,year,table,row,column,value\n"
        "青石镇,,applications,new,natural_person,2\n"
        "青石镇,,applications,new,total,1\n",
        encoding="utf-8",
    )
    done = nianbao("check", tmp_path / "a.csv", "-f", name, "-o", tmp_path / "told")
    assert done.exit_code == 1
    assert (tmp_path / "told").exists()
