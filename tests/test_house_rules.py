"""The house keeps its own rules: imports run one way, rooms stay small, words stay clean, docs stay true."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from programme.pages import PAGES
from programme.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("matching", "db", "equality", "programme", "ui", "web", "cli")
MOST_LINES = 400
MOST_PAGE_LINES = 120

SOURCES = sorted(
    path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "versions" not in path.parts
)
VIEWS = {ROOT / f"{page.view.replace('.', '/')}.py" for page in PAGES}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on a copy of the house."""
    program = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("matching/planted.py", "import db.engine", "Imports run one way"),
        ("db/planted.py", "import programme.clock", "Imports run one way"),
        ("programme/planted.py", "import ui", "Imports run one way"),
        ("programme/planted.py", "import streamlit", "Only ui imports Streamlit"),
        ("ui/views/planted.py", "import sqlalchemy", "Views never query"),
        ("ui/views/host/planted.py", "import db.queries", "Views never query"),
        ("matching/planted.py", "import sqlalchemy", "Matching knows no database"),
        *(
            (
                module,
                "import equality.store",
                "Nothing that ranks, approves or exports reaches equality answers",
            )
            for module in (
                "programme/planted.py",
                "programme/encoding/planted.py",
                "cli/planted.py",
                "web/planted.py",
            )
        ),
        ("matching/planted.py", "import equality.models", "Imports run one way"),
        ("db/planted.py", "import equality.models", "Imports run one way"),
        (
            "programme/planted.py",
            "import programme.equality_report",
            "Equality use cases are asked by their own",
        ),
        (
            "ui/views/host/planted.py",
            "import programme.equality_monitoring",
            "Equality use cases are asked by",
        ),
        ("equality/planted.py", "import db.models.users", "Equality answers know no person"),
    ],
)
def test_a_planted_import_the_wrong_way_is_caught(
    tmp_path: Path, module: str, line: str, contract: str
) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / module).write_text(f'"""Planted."""\n\n{line}\n')
    answer = lint_imports(tmp_path)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert re.search(rf"{contract}.*BROKEN", answer.stdout), answer.stdout


def test_the_entry_point_stays_tiny() -> None:
    lines = (ROOT / "streamlit_app.py").read_text().splitlines()
    assert len(lines) <= 45


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_fits_in_its_room_and_says_what_it_is(path: Path) -> None:
    text = path.read_text()
    limit = MOST_PAGE_LINES if path in VIEWS else MOST_LINES
    assert len(text.splitlines()) <= limit
    assert text.startswith('"""') or not text.strip()


def test_every_package_folder_has_an_init_so_that_the_import_rules_see_it() -> None:
    folders = {path.parent for path in SOURCES}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_no_folder_is_called_pages_or_a_word_that_means_nothing() -> None:
    names = {part for path in SOURCES for part in path.relative_to(ROOT).with_suffix("").parts[:-1]}
    names |= {path.stem for path in SOURCES}
    assert not names & {"utils", "common", "helpers", "core", "misc"}
    assert not [path for path in ROOT.rglob("pages") if path.is_dir() and ".venv" not in path.parts]


def test_no_committed_text_names_a_machine_or_a_registry() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert tracked.returncode == 0, "Run the tests in a checkout."
    wrong = re.compile(r"/(?:home|root|work)/[a-z]|/tmp/[a-z]|--index-url|--find-links|file:///", re.I)
    found = []
    for name in tracked.stdout.splitlines():
        path = ROOT / name
        if path.suffix in {".png", ".ico", ".csv", ".zip"} or not path.is_file() or path == Path(__file__):
            continue
        if wrong.search(path.read_text(encoding="utf-8")):
            found.append(name)
    assert found == []


def test_every_setting_is_in_the_operations_guide() -> None:
    guide = (ROOT / "docs" / "operations.md").read_text()
    for name in Settings.model_fields:
        assert f"SECONDMENTS_{name.upper()}" in guide


def test_every_command_is_in_the_operations_guide() -> None:
    from cli.main import app

    guide = (ROOT / "docs" / "operations.md").read_text()
    names = [command.name or command.callback.__name__ for command in app.registered_commands]
    assert len(names) >= 8
    for name in names:
        assert f"`secondments {name}" in guide


def test_every_folder_of_the_house_is_on_the_map_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    for folder in (*PACKAGES, "seed_data", "tests", "docs"):
        assert f"{folder}/" in readme
