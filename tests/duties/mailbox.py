"""A small SMTP server (RFC 5321) that keeps what it is given, refuses some addresses, and can be told to stop."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass(slots=True)
class Mailbox:
    """What came in, by recipient in order, and which recipients are refused."""

    port: int
    got: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refuse: set[str] = field(default_factory=set)

    def to(self, address: str) -> list[EmailMessage]:
        """The letters to an address."""
        return [letter for name, letter in self.got if name == address]


@contextlib.contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A server on a free port of this machine."""
    box = Mailbox(0)

    class Session(socketserver.StreamRequestHandler):
        """One conversation."""

        def handle(self) -> None:
            """Answer until QUIT."""
            to = ""
            self.say("220 test")
            for raw in self.rfile:
                word = raw.decode().strip()
                match word.upper().split(":")[0].split(" ")[0]:
                    case "QUIT":
                        self.say("221 bye")
                        return
                    case "RCPT":
                        to = word.partition("<")[2].partition(">")[0]
                        self.say("550 no such mailbox" if to in box.refuse else "250 ok")
                    case "DATA":
                        self.say("354 go on")
                        box.got.append((to, message_from_bytes(self.body(), policy=policy.default)))
                        self.say("250 taken")
                    case _:
                        self.say("250 ok")

        def body(self) -> bytes:
            """The lines of a message."""
            lines = []
            for line in self.rfile:
                if line.rstrip() == b".":
                    break
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            return b"".join(lines)

        def say(self, text: str) -> None:
            """One line."""
            self.wfile.write(f"{text}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield box
        server.shutdown()
