"""A real browser on a real service: the demonstration programme on a port of its own."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.person import PATIENCE, Person

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Service:
    """The running service and the store beneath it."""

    address: str
    environment: dict[str, str]

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a ``secondments`` command on the same store."""
        return subprocess.run(
            [sys.executable, "-m", "cli.main", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """The service in demonstration mode, with the demonstration programme loaded, started once."""
    with tempfile.TemporaryDirectory(prefix="secondments-") as folder:
        yield from _serve(Path(folder))


def _serve(data: Path) -> Iterator[Service]:
    port = _free_port()
    environment = os.environ | {
        "SECONDMENTS_DATA": str(data),
        "SECONDMENTS_PORT": str(port),
        "SECONDMENTS_DEMO": "true",
        "PYTHONPATH": str(ROOT),
    }
    log = (data / "service.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "up"], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    address = f"http://localhost:{port}"
    try:
        _wait_until_healthy(address, process, data / "service.log")
        yield Service(address, environment)
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"The service did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    assert found, "There is no Chromium. Run .ci/chromium, which installs it."
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )
        yield chromium
        chromium.close()


SignIn = Callable[..., Person]


@pytest.fixture
def sign_in(service: Service, browser: Browser) -> Iterator[SignIn]:
    """Sign in as an invented person by their button, in a browser context of their own.

    At the end of the test no page that anybody visited may have shown a barrier.
    """
    people: list[Person] = []

    def enter(name: str | None = None, width: int = 1280, height: int = 900) -> Person:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            bypass_csp=True,
            locale="en-GB",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        person = Person(context.new_page(), service.address)
        people.append(person)
        if name is not None:
            person.page.goto(f"{service.address}/sign-in")
            person.check()
            person.enter_as(name)
        return person

    yield enter
    barriers = {url: found for person in people for url, found in person.barriers.items()}
    for person in people:
        person.page.context.close()
    assert barriers == {}
