"""Headers on every answer, and endpoints that stay closed."""

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/nothing", "/healthz", "/assets/secondments.css", "/queue"]
)
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers

    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "script-src 'self' 'sha256-" in headers["content-security-policy"]
    assert "unsafe-eval'" not in headers["content-security-policy"].replace("'wasm-unsafe-eval'", "")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


def test_pages_are_never_kept_by_a_cache(client: TestClient) -> None:
    assert client.get("/").headers["cache-control"] == "no-store"
    assert client.get("/sign-in").headers["cache-control"] == "no-store"


def test_transport_security_is_only_promised_where_there_is_tls(client: TestClient) -> None:
    assert "strict-transport-security" not in client.get("/").headers


@pytest.mark.usefixtures("secure")
def test_transport_security_is_promised_in_production(client: TestClient) -> None:
    assert "max-age=31536000" in client.get("/").headers["strict-transport-security"]


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/anything/else", "/page/_stcore/metrics", "/_stcore/", "/_stcore//health"],
)
def test_streamlits_inner_endpoints_stay_closed(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/host-config", "/media/x.png"])
def test_what_the_browser_needs_of_streamlit_stays_open(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200
