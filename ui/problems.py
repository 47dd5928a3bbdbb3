"""What is said when a page fails: an apology with a reference. The details go to the log only."""

import logging
import secrets

import streamlit as st

from ui import layout

log = logging.getLogger(__name__)


def apologise(error: Exception) -> bool:
    """Log the error under a fresh reference and show the reference. Says that the error has been shown."""
    reference = secrets.token_hex(4).upper()
    log.error("A page failed. Reference %s", reference, exc_info=error)
    layout.set_title("Sorry, there is a problem with the service")
    st.error(
        "Try again later. What you saved has been kept. "
        f"If you tell the programme team about it, give the reference {reference}.",
        title="Sorry, there is a problem with the service",
    )
    return True
