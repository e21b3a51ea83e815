#!/bin/sh
# Make the virtual environment $1 with Python 3.11 or newer: $2 where given, else the first one found.
set -eu
modern() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

python=""
for candidate in ${2:-python3.11 python3.12 python3.13 python3.14 python3 python}; do
    if modern "$candidate"; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Nearer needs Python 3.11 or newer and found none: install it, or say which: make PYTHON=/path/to/python3.11" >&2
    exit 1
fi
if [ -x "$1/bin/python" ] && modern "$1/bin/python"; then
    exit 0
fi
echo "Making an environment with $("$python" --version)"
rm -rf "$1"
if ! "$python" -m venv "$1"; then
    rm -rf "$1"
    echo "This Python can't make environments: on Debian or Ubuntu run: sudo apt-get install python3-venv" >&2
    exit 1
fi
