"""The ASGI application: Streamlit's pages over ui/main.py, with the routes and middleware of web/.

Start it with ``streamlit run streamlit_app.py`` or ``secondments serve``: both read the configuration of
``.streamlit/config.toml`` beside this file and of the environment.
"""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.file_util import get_static_dir

from programme.installation import prepare_embedded
from programme.store import process_engine
from ui.problems import apologise
from web.app import middleware, routes

WARM = ("altair", "pandas", "sklearn.feature_extraction.text", "sqlalchemy.orm", "ui.frame", "ui.pages")
INDEX = Path(get_static_dir(), "index.html").read_text(encoding="utf-8")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Make the store ready and import what every page needs, then keep it out of the collector's full passes."""
    prepare_embedded(process_engine())
    for name in WARM:
        import_module(name)
    gc.collect()
    gc.freeze()
    yield {}


app = st.App(
    Path(__file__).parent / "ui" / "main.py",
    routes=routes(INDEX),
    middleware=middleware(INDEX),
    lifespan=lifespan,
    on_script_error=apologise,
)
