#!/bin/sh
# Resolve pyproject.toml into requirements/*.lock: every version pinned, every file hashed, for every platform.
# The widest set is solved first and the others take its versions, so one environment can serve them all.
set -eu
cd "$(dirname "$0")/.."

command -v uv >/dev/null 2>&1 || [ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet uv
PATH="$PWD/.venv/bin:$PATH"

solve() {
    name=$1
    shift
    uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 --quiet --no-emit-index-url \
        --no-emit-find-links --custom-compile-command "make lock" --group build "$@" \
        --output-file "requirements/$name.lock"
}

solve bench --upgrade --group dev --group bench
solve dev --group dev --constraint requirements/bench.lock
solve core --constraint requirements/bench.lock
