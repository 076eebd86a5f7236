#!/bin/sh
# The five policies of samples/: each checked, and one sentence beside what the machine understood.
set -eu
cd "$(dirname "$0")/.."
troth=.venv/bin/troth

for policy in samples/*/policy.troth.md; do
    echo "== troth policy check $policy"
    "$troth" policy check "$policy"
done
policy=samples/hetacloud/policy.troth.md
echo "== troth policy explain $policy"
"$troth" policy explain "$policy" | head -n 40
