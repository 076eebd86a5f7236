#!/bin/sh
# What the commands do, shown on the five policies of samples/; what is made goes to build/demo.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
out=build/demo
policy=samples/hkcloud/policy.troth.md
failed=0
rm -rf "$out"
mkdir -p "$out"

headline() {
    printf '\n== %s\n' "$1"
}

# Run a command that must end with the exit code named first: diff and lint end with 1 when they have something to say.
expect() {
    wanted=$1
    shift
    code=0
    "$@" >"$out/last.txt" 2>&1 || code=$?
    if [ "$code" -ne "$wanted" ]; then
        echo "troth ended with exit code $code, not with $wanted:"
        cat "$out/last.txt"
        failed=1
    fi
}

headline "Check five policies: is every sentence bound to a rule, or marked as information?"
for each in samples/*/policy.troth.md; do
    echo "\$ troth policy check $each"
    expect 0 troth policy check "$each"
    tail -n 2 "$out/last.txt"
done

headline "Explain a sentence: what did the machine understand?"
echo "\$ troth policy explain $policy hkc-080"
expect 0 env COLUMNS=100 troth policy explain "$policy" hkc-080
head -n 26 "$out/last.txt"
echo "...  (all of it: $out/explained.html#hkc-080)"

headline "Compare two versions: the next one takes 60 days to delete, and uses behaviour records for advertising too"
sed -e 's/must erase all-of-subject within ~30 days/must erase all-of-subject within ~60 days/' \
    -e 's/may use "behaviour records", cookie-data for analytics, improve/&, advertising/' "$policy" >"$out/next.troth.md"
echo "\$ troth policy diff $policy $out/next.troth.md"
expect 1 troth policy diff "$policy" "$out/next.troth.md"
cat "$out/last.txt"

headline "Lint a published text that nobody has tagged: what would a careful reader question?"
cp tests/data/intake/hkcloud.txt "$out/published.txt"
echo "\$ troth policy lint $out/published.txt"
expect 1 troth policy lint "$out/published.txt"
sed -n '/^block/p' "$out/last.txt" | head -n 4
echo "..."
tail -n 1 "$out/last.txt"

headline "Import the same text: a draft with tags and rules, each a suggestion"
echo "\$ troth policy import $out/published.txt -o $out/draft.troth.md --provider \"Hong Kong Cloud\""
expect 0 troth policy import "$out/published.txt" -o "$out/draft.troth.md" --provider "Hong Kong Cloud"
cat "$out/last.txt"

headline "Publish: the page that people read, and the page that the privacy officer signs"
echo "\$ troth policy publish $policy -f html -o $out/policy.html"
expect 0 troth policy publish "$policy" -f html -o "$out/policy.html"
echo "\$ troth policy explain $policy -f html -o $out/explained.html"
expect 0 troth policy explain "$policy" -f html -o "$out/explained.html"

rm "$out/last.txt"
cat <<END

== Look at
  $PWD/$out/policy.html
  $PWD/$out/explained.html#hkc-080
  $PWD/$out/draft.troth.md

== Try next
  export PATH="$PWD/.venv/bin:\$PATH"
  troth policy explain samples/easycloud/policy.troth.md --lang zh
  troth terms show email
  docs/first-policy.md: your own first policy in five minutes
END
exit "$failed"
