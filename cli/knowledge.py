"""Making the file of knowledge that the estimators read."""

from pathlib import Path
from typing import Annotated, Any

import typer
from threadpoolctl import threadpool_limits

from cli.output import AsJson, emit, out, progress
from matching import building, knowledge

REFERENCE = Path(__file__).resolve().parent.parent / "seed_data" / "reference"


def build_knowledge(
    data: Annotated[Path, typer.Option(help="The folder of public data sets.", exists=True, file_okay=False)],
    target: Annotated[Path, typer.Option(help="The file to write.")] = knowledge.SHIPPED,
    as_json: AsJson = False,
) -> None:
    """Build what the estimators know from public data. The same data gives the same bytes."""
    documents: dict[str, Any] = {}
    arrays: dict[str, Any] = {}
    # Sums in another order differ in the last bit, so one thread of BLAS, whatever the machine has.
    with threadpool_limits(1, "blas"), progress("Building", as_json) as advance:
        for done, build in enumerate(building.BUILDERS, 1):
            try:
                more_documents, more_arrays = build(data, REFERENCE)
            except FileNotFoundError as missing:
                raise typer.BadParameter(f"The data lacks {missing.filename}.") from missing
            documents |= more_documents
            arrays |= more_arrays
            advance(done, len(building.BUILDERS))
    written = knowledge.write(target, documents=documents, arrays=arrays)
    answer = {
        "file": str(target),
        "version": written.version,
        "bytes": target.stat().st_size,
        "members": len(documents) + len(arrays),
    }

    def words() -> None:
        out.print(f"Written: {target.name}, {answer['bytes']:,} bytes, version {written.version}.")

    emit(answer, as_json, words)
