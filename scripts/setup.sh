#!/bin/sh
# setup.sh core|dev|bench: find a Python that is new enough and let it make .venv.
set -eu
cd "$(dirname "$0")/.."

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
for python in .venv/bin/python python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$python" -c "$new_enough" >/dev/null 2>&1; then
        exec "$python" scripts/install.py "$1"
    fi
done
echo "no Python 3.11 or newer was found: install one (Debian and Ubuntu: apt-get install python3) and run make again" >&2
exit 1
