"""Identity headers: ours arrive, forged ones never do."""

from collections.abc import Callable

from starlette.testclient import TestClient

FORGED = {"X-Secondments-Uid": "1", "x-secondments-sid": "1", "X-Secondments-Anything": "x"}


def test_forged_headers_are_dropped_over_http(client: TestClient) -> None:
    assert client.get("/media/x", headers=FORGED).json() == {"x-secondments-form": ""}


def test_forged_headers_are_dropped_over_the_websocket(client: TestClient) -> None:
    with client.websocket_connect("/_stcore/stream", headers=FORGED) as socket:
        assert socket.receive_json() == {"x-secondments-form": ""}


def test_the_signed_in_person_is_named_to_streamlit(
    client: TestClient, fill_in: Callable[..., object]
) -> None:
    fill_in()

    with client.websocket_connect("/_stcore/stream", headers={"X-Secondments-Uid": "999"}) as socket:
        told = socket.receive_json()

    assert set(told) == {"x-secondments-form", "x-secondments-uid", "x-secondments-sid"}
    assert told["x-secondments-uid"] == "1"
    assert told["x-secondments-form"] == client.cookies["secondments_form"]


def test_a_made_up_cookie_is_nobody(client: TestClient) -> None:
    client.cookies["secondments_session"] = "x" * 43

    assert client.get("/for-you").status_code == 303
    assert "x-secondments-uid" not in client.get("/media/x").json()
