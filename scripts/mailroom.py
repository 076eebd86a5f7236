"""A mail server for the demo: it takes every letter, answers for every mailbox, and keeps what it gets in a folder.

    python scripts/mailroom.py FOLDER PORT_FILE

It listens on 127.0.0.1 on a free port, writes the number of the port to PORT_FILE, and runs until it is told to end.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

LIMIT = 1 << 20  # bytes of a line


class Mailroom:
    """Takes letters; `folder` is where they are kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One conversation (RFC 5321)."""

        async def say(text: str) -> None:
            writer.write(text.encode() + b"\r\n")
            await writer.drain()

        await say("220 mailroom.example")
        while line := await reader.readline():
            word = line.decode("ascii", "replace").strip().upper()
            if word.startswith(("EHLO", "HELO")):
                await say("250 mailroom.example")
            elif word == "DATA":
                await say("354 go on")
                await say(f"250 kept as {await self.keep(reader)}")
            elif word == "QUIT":
                await say("221 goodbye")
                break
            else:
                await say("250 ok")
        writer.close()

    async def keep(self, reader: asyncio.StreamReader) -> int:
        """Keep one letter; gives its number."""
        lines = []
        while (line := await reader.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b"."))
        self.count += 1
        (self.folder / f"{self.count:04}.eml").write_bytes(b"".join(lines))
        return self.count


async def serve(folder: Path, port_file: Path) -> None:
    """Listen until the process ends."""
    server = await asyncio.start_server(Mailroom(folder).talk, "127.0.0.1", 0, limit=LIMIT)
    port = str(server.sockets[0].getsockname()[1])
    await asyncio.to_thread(port_file.write_text, port, "utf-8")
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    asyncio.run(serve(Path(sys.argv[1]), Path(sys.argv[2])))
