"""The workflow page of the documentation is what the tables say."""

from pathlib import Path

from programme.guide import workflow_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "workflow.md"


def test_the_workflow_page_is_what_the_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == workflow_page(), "Run `secondments guide`."
