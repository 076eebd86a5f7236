#!/bin/sh
# The main job, end to end, on an invented cloud provider: its databases, its policy, what the policy demands, doing it, and the
# report that shows every sentence with its evidence. What is made goes to build/demo.
set -eu
cd "$(dirname "$0")/.."
house=$PWD
PATH="$house/.venv/bin:$PATH"
out=${OUT:-build/demo}
policy=samples/hkcloud/policy.troth.md
customers=${CUSTOMERS:-2000}
rm -rf "$out"
umask 077
mkdir -p "$out"
at=$(cd "$out" && pwd)

headline() {
    printf '\n== %s\n' "$1"
}

# Show a command and run it.
run() {
    printf '$ %s\n' "$*"
    "$@"
}

# Show a command and run it; 1 is an answer too (something was found), 2 is not.
look() {
    printf '$ %s\n' "$*"
    code=0
    "$@" || code=$?
    [ "$code" -le 1 ] || exit "$code"
}

headline "Five policies with their rules: is every sentence bound to a rule, or marked as information?"
for each in samples/*/policy.troth.md; do
    troth policy check "$each" >"$out/last.txt" || { cat "$out/last.txt"; exit 1; }
    tail -n 2 "$out/last.txt" | head -n 1
done

headline "A sentence, and what the machine understood"
COLUMNS=100 troth policy explain "$policy" hkc-080 >"$out/last.txt"
head -n 16 "$out/last.txt"
echo "..."

headline "A cloud provider of $customers customers in two databases (SQLite; PostgreSQL and MariaDB work alike)"
run python -m samples.hkcloud.provider --customers "$customers" --tidy --now "$(date -u '+%Y-%m-%d %H:%M')" \
    --store "accounts=sqlite:///$out/accounts.db" --store "operations=sqlite:///$out/operations.db"

headline "A project: the policy, the databases it is kept on, the registers of the house, its site, its mail server"
run troth init "$out/cloud" --policy "$policy" \
    --store "accounts=sqlite:///$out/accounts.db" --store "operations=sqlite:///$out/operations.db"
cp samples/hkcloud/map.toml "$out/cloud/map.toml"
cp -r samples/hkcloud/registers samples/hkcloud/web "$out/cloud/"
for page in privacy account index; do
    troth policy publish "$policy" -f html -o "$out/cloud/web/$page.html"
done
python scripts/mailroom.py "$out/letters" "$out/port" &
mailroom=$!
trap 'kill $mailroom 2>/dev/null || true' EXIT
while [ ! -s "$out/port" ]; do sleep 0.1; done
port=$(cat "$out/port")
printf '\n[mail]\nhost = "127.0.0.1"\nport = %s\nsender = "service@cn2.hk"\ntls = "none"\n' "$port" >>"$out/cloud/troth.toml"
# No column shows a legal minimum of one row; what the law's periods keep is in the policy's own periods.
printf '\n[facts]\nlegal-minimum = "none"\n' >>"$out/cloud/troth.toml"
sed "s/^probe = .*/probe = [\"mail\"]\nmail_host = \"127.0.0.1\"\nmail_port = $port\nsender = \"probe@cn2.hk\"/" \
    samples/hkcloud/registers/contacts.toml >"$out/cloud/registers/contacts.toml"
cd "$out/cloud"
look troth map check | tail -n 1
run troth map show -o ../map.svg
run troth logbook "$house/samples/hkcloud/logbook.toml"

headline "What the policy demands today"
troth plan -o plan.json >../plan.txt
head -n 30 ../plan.txt
echo "...  (all of it: $out/plan.txt)"

headline "Do exactly that"
look troth keep --plan plan.json

headline "Real people ask (invented ones): a copy, an erasure that must wait, a correction, an objection"
set -- $(python "$house/scripts/people.py" "$at/accounts.db")
run troth request access -s "email=$1" --verified session
look troth request erase -s "email=$2" --verified document --no-undo "asked in person"
run troth request rectify -s "email=$3" --set "accounts.customers.address=8 Harbour View Street, Central" --verified session
look troth request object -s "email=$4" --purpose recommendations --verified session
look troth decide use server-usage --for recommendations -s "email=$4"
run troth requests --all

headline "Disclosures of the application's own log get their entries, and recipients are told of corrections and erasures"
run troth share take-up
run troth share tell
run troth incident exercise --table accounts.tickets

headline "The report: every sentence kept, broken, attested or not shown"
look troth report -o ../report.html --records ../records.xlsx
look troth report -o ../report.json

headline "Something is broken by hand: what does the next report say?"
cp ../accounts.db ../accounts.kept; cp ../operations.db ../operations.kept
run python "$house/scripts/break.py" ../accounts.db ../operations.db
look troth report --format terminal >../broken.txt
sed -n '2,3p;/broken  hkc/,+4p' ../broken.txt | head -n 24
echo "...  (all of it: $out/broken.txt)"
mv ../accounts.kept ../accounts.db; mv ../operations.kept ../operations.db

headline "Nobody has touched the evidence"
run troth verify

cat <<END

== Look at
  $at/report.html     the policy, with a mark at each sentence
  $at/map.svg         the data map
  $at/records.xlsx    the record of processing activities (GDPR Art. 30)
  $at/cloud/answers   the copy that a person got
  $at/letters         the letters that people got

== Try next
  export PATH="$house/.venv/bin:\$PATH"; cd $out/cloud
  troth report                          what is broken, and why
  troth plan                            what is due
  break something by hand, and look again:
  python $house/scripts/break.py ../accounts.db ../operations.db && troth report
  docs/first-policy.md, docs/running.md: your own policy, your own databases
END
