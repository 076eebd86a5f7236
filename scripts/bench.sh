#!/bin/sh
# Run every measurement of bench/ in turn; each prints its own figures and checks answers before it times them.
set -eu
cd "$(dirname "$0")/.."

for script in $(grep -l '^if __name__ == "__main__":' bench/*.py | sort); do
    echo "== $script"
    PYTHONPATH=. .venv/bin/python "$script"
done
