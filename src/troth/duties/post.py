"""Letters on their way: to a mail server, or to a folder while none is named; either gives a proof without an address."""

from __future__ import annotations

import hashlib
import os
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from troth.duties.letters import Letter
from troth.model.errors import TrothError
from troth.model.outcome import Identity

SECONDS = 20
"""So long a mail server may take for one answer."""


class PostRefused(TrothError):  # noqa: N818 - reads as the sentence it is
    """The letter did not leave; it is tried again at the next round."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that left.

    Attributes:
        channel: "email" or "outbox".
        proof: SHA-256 of the message's id and of what the server answered, hex.
    """

    channel: str
    proof: str


class Post(Protocol):
    """Takes letters away."""

    def send(self, to: Identity, letter: Letter, *, at: datetime, name: str) -> Sent:
        """Send a letter.

        Args:
            to: where; only e-mail addresses can be sent to.
            letter: the text.
            at: the time on the letter.
            name: the letter's own name; the same name is the same message, however often it is tried.

        Raises:
            PostRefused: it did not leave.
        """
        ...


@dataclass(frozen=True, slots=True)
class Outbox:
    """A folder that letters are put into, each as one file that a mail program opens."""

    folder: Path
    sender: str

    def send(self, to: Identity, letter: Letter, *, at: datetime, name: str) -> Sent:
        """See `Post`; an SMS lies there as well, for whoever sends it."""
        message = compose(self.sender, to, letter, at=at, name=name)
        path = self.folder / f"{name}.eml"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = path.with_suffix(f".{os.getpid()}")
            with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
                file.write(message.as_bytes(policy=SMTP))
            draft.replace(path)
        except OSError as error:
            raise PostRefused("a letter can not be put into the outbox", hint="look at its folder") from error
        return Sent("outbox", _proof(message, "outbox"))


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server.

    Attributes:
        host, port: where it is.
        sender: the address letters come from.
        user, password: empty where it asks for none.
        tls: "starttls", "tls" or "none".
        context: what certificates are checked with.
    """

    host: str
    sender: str
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = "starttls"
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def send(self, to: Identity, letter: Letter, *, at: datetime, name: str) -> Sent:
        """See `Post`."""
        if to.kind != "email":
            raise PostRefused("the person has no e-mail address on file", hint="tell them another way")
        message = compose(self.sender, to, letter, at=at, name=name)
        try:
            with self._connected() as server:
                code, words = _delivered(server, self.sender, to.value, message.as_bytes(policy=SMTP))
        except smtplib.SMTPAuthenticationError:
            raise PostRefused("the mail server refuses user or password", hint="look at [mail]") from None
        except (smtplib.SMTPException, OSError):
            # what servers answer quotes the address
            raise PostRefused(
                "the mail server did not take the letter",
                hint=f"look at {self.host}; the letter is tried again by `troth keep`",
            ) from None
        return Sent("email", _proof(message, f"{code} {words!r}"))

    def _connected(self) -> smtplib.SMTP:
        if self.tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=SECONDS, context=self.context()
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
            if self.tls == "starttls":
                server.starttls(context=self.context())
        if self.user:
            server.login(self.user, self.password)
        return server


def _delivered(server: smtplib.SMTP, sender: str, to: str, data: bytes) -> tuple[int, bytes]:
    """One message in one transaction; what the server said when it took the message."""
    server.ehlo_or_helo_if_needed()
    code, words = server.mail(sender)
    if code != 250:
        raise smtplib.SMTPResponseException(code, words)
    code, words = server.rcpt(to)
    if code not in {250, 251}:
        raise smtplib.SMTPResponseException(code, words)
    code, words = server.data(data)
    if code != 250:
        raise smtplib.SMTPResponseException(code, words)
    return code, words


def compose(sender: str, to: Identity, letter: Letter, *, at: datetime, name: str) -> EmailMessage:
    """The message of a letter: plain text, one recipient, marked as sent by a machine (RFC 3834)."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to.value if to.kind == "email" else f"{to.kind}:{to.value}"
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{name}@{sender.rpartition('@')[2] or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message


def _proof(message: EmailMessage, answer: str) -> str:
    return hashlib.sha256(f"{message['Message-ID']}\n{answer}".encode()).hexdigest()
