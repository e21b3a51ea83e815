#!/bin/sh
# Install pinned, hashed requirements ($2) into the environment $1, saying how far it is.
set -eu
count=$(grep -c '==' "$2")
failed=$(mktemp)
{ "$1/bin/python" -m pip --disable-pip-version-check install --require-hashes -r "$2" 2>"$failed.why" || echo failed >"$failed"; } |
    awk -v all="$count" -v terminal="$(test -t 1 && echo 1 || echo 0)" '
        /^(Collecting|Requirement already satisfied)/ { done++ }
        /^Collecting/ && terminal { printf "\r  %d of at most %d: %-40s", done, all, $2; fflush() }
        /^Installing collected/ && terminal { printf "\r  putting them in their places%-40s", ""; fflush() }
        END { if (terminal) printf "\r%-72s\r", "" }
    '
if [ -s "$failed" ]; then
    grep -v '^WARNING' "$failed.why" >&2 || true
    echo "The packages could not be installed: see above; check the connection, then run the same again." >&2
    rm -f "$failed" "$failed.why"
    exit 1
fi
rm -f "$failed" "$failed.why"
