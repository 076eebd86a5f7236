"""Make .venv from a lock file, or leave it alone when nothing changed.

    python scripts/install.py core|dev|bench

Needs only the standard library of Python 3.11. What was installed is noted in .venv/installed.json under a
hash of the lock file, of pyproject.toml and of the Python version. A wider lock holds every narrower one.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
VENV = HOUSE / ".venv"
PYTHON = VENV / "bin" / "python"
NOTE = VENV / "installed.json"
LOCKS = ("core", "dev", "bench")  # from narrow to wide
TRIES = 3


def key(lock: str) -> str:
    """Return the hash that changes when the environment of `lock` has to be made again."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for path in (HOUSE / "requirements" / f"{lock}.lock", HOUSE / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def noted() -> dict[str, str]:
    """Return the hashes of what is installed, empty when nothing or something unreadable is there."""
    try:
        note = json.loads(NOTE.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def run(command: list[str]) -> bool:
    """Run a command and return whether it succeeded; what it says goes to the terminal."""
    return subprocess.run(command, cwd=HOUSE, check=False).returncode == 0


def quiet(command: list[str]) -> bool:
    """Run a command without its output and return whether it succeeded."""
    try:
        return subprocess.run(command, cwd=HOUSE, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def has_venv() -> bool:
    """Return whether this Python can make environments with pip by itself; Debian splits that off."""
    importlib.invalidate_caches()
    return bool(importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"))


def system_pip() -> list[str]:
    """Return a pip outside the environment that can install into it (22.3 or newer), or nothing."""
    for pip in ([sys.executable, "-m", "pip"], ["pip3"], ["pip"]):
        if quiet([*pip, "--python", sys.executable, "--version"]):
            return pip
    return []


def add_venv_package() -> None:
    """Let apt add what Debian's Python leaves out, when that is possible without asking anybody."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("installing python3-venv with apt-get, because this Python can not make virtual environments")
    apt = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300"]
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    quiet([*apt, "update"])
    if not quiet([*apt, "install", "--no-install-recommends", package]):
        quiet([*apt, "install", "--no-install-recommends", "python3-venv"])


def make_venv() -> list[str]:
    """Make an empty .venv and return the command of the pip that fills it."""
    if not has_venv() and not system_pip():
        add_venv_package()
    if has_venv() and run([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        return [str(PYTHON), "-m", "pip"]
    pip = system_pip()
    if pip and run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)]):
        return [*pip, "--python", str(PYTHON)]
    sys.exit(
        f"{sys.executable} can not make a virtual environment: install python3-venv "
        "(Debian, Ubuntu: apt-get install python3-venv) and run make again"
    )


def find_pip() -> list[str]:
    """Return the pip that fills .venv; make .venv first unless its own Python runs this script."""
    if Path(sys.prefix).resolve() != VENV.resolve():
        return make_venv()
    if quiet([sys.executable, "-m", "pip", "--version"]):
        return [sys.executable, "-m", "pip"]
    for pip in ("pip3", "pip"):
        if quiet([pip, "--python", sys.executable, "--version"]):
            return [pip, "--python", sys.executable]
    sys.exit("there is no pip left that could fill .venv: run make clean and make again")


def fill(pip: list[str], lock: str) -> None:
    """Install the lock file and the project itself, and try again when the network stumbles."""
    options = ["-qq", "--disable-pip-version-check", "--no-deps", "--no-compile"]
    locked = [*options, "--require-hashes", "--prefer-binary", "--retries", "10", "--timeout", "60"]
    requirements = ["-r", f"requirements/{lock}.lock"]
    for attempt in range(1, TRIES + 1):
        if run([*pip, "install", *locked, *requirements]):
            break
        if attempt == TRIES:
            sys.exit("the locked packages could not be installed: see what pip says above and run make again")
        time.sleep(5 * attempt)
    # The build backend is in the lock, so the project itself needs no network.
    if not run([*pip, "install", *options, "--no-index", "--no-build-isolation", "--editable", "."]):
        sys.exit("the project itself could not be installed: see what pip says above")
    # Compiled at once, for a Python that is told not to keep what it compiles would take two seconds at every start;
    # all processors do it, while pip uses one. Files that are no Python of this version are passed over.
    quiet([str(PYTHON), "-m", "compileall", "-q", "-j", "0", str(VENV / "lib"), str(HOUSE / "src")])


def main() -> None:
    """Bring .venv in line with the lock file named on the command line."""
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        sys.exit(f"usage: python scripts/install.py {'|'.join(LOCKS)}")
    lock = sys.argv[1]
    if noted().get(lock) == key(lock):
        return
    print(f"making .venv from requirements/{lock}.lock")
    fill(find_pip(), lock)
    held = LOCKS[: LOCKS.index(lock) + 1]
    NOTE.write_text(json.dumps({name: key(name) for name in held}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
