"""A small but real SMTP server on loopback, for tests: it keeps what it accepts and refuses whom it is told to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Mailbox:
    """Where the server listens, what it has accepted, and the answer it gives for an address that it refuses."""

    port: int = 0
    accepted: list[EmailMessage] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A server for the length of the block."""
    mailbox = Mailbox()

    class Conversation(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 ready")
            for line in self.rfile:
                words = line.decode().strip()
                if words.upper().startswith("RCPT"):
                    address = words.partition("<")[2].partition(">")[0]
                    self._say(mailbox.refused.get(address, "250 yes"))
                elif words.upper() == "DATA":
                    self._say("354 go on")
                    mailbox.accepted.append(self._read())
                    self._say("250 kept")
                elif words.upper() == "QUIT":
                    self._say("221 bye")
                    return
                else:
                    self._say("250 yes")

        def _read(self) -> EmailMessage:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            found = message_from_bytes(b"".join(lines), policy=policy.default)
            assert isinstance(found, EmailMessage)
            return found

        def _say(self, answer: str) -> None:
            self.wfile.write(f"{answer}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        mailbox.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield mailbox
        server.shutdown()
        thread.join()
