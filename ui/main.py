"""The frame of every page: who is looking, the navigation, what the last decision answered, the footer."""

import streamlit as st

from programme.pages import document_title
from programme.settings import settings
from ui import actions, layout, pages
from ui.frame import demonstration_banner, footer, service_bar
from ui.identity import me

actor = me()
page = st.navigation(pages.build(actor), position="top")
errors = actions.take_errors()
st.set_page_config(page_title=document_title(pages.spec_of(page).title), layout="centered")

service_bar(actor)
if settings().demo:
    demonstration_banner()
layout.error_summary(errors)
confirmed = actions.take_confirmation()
if confirmed is not None:
    layout.confirmation(*confirmed)
page.run()
footer()
