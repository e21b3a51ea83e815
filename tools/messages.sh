#!/bin/sh
# Read the sentences of the code anew into the Spanish catalog and compile it. Needs gettext's tools.
# What is new stands there empty, what changed is marked fuzzy: say it in Spanish, then run this again.
set -eu
python=$PWD/.venv/bin/python
catalog=locale/es/LC_MESSAGES/django
export NEARER_HOME="$PWD/var/check"
cd src/nearer
"$python" -m django makemessages --settings nearer.config.settings --locale es \
    --no-location --no-wrap --no-obsolete --ignore tests
# The dates would change with every run and say nothing.
grep -v -e '^"POT-Creation-Date' -e '^"Report-Msgid-Bugs-To' -e '^#| ' "$catalog.po" >"$catalog.new"
mv "$catalog.new" "$catalog.po"
msgfmt --check-format --statistics --output-file "$catalog.mo" "$catalog.po"
