#!/bin/sh
# Have the system's Chromium for the browser tests: install it where we may, otherwise say what to do.
set -eu
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && command -v "$name" >/dev/null; then
        exit 0
    fi
done

if command -v apt-get >/dev/null; then
    as_root=none
    if [ "$(id -u)" -eq 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    fi
    if [ "$as_root" != none ]; then
        echo "Installing Chromium for the browser tests"
        if { $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends chromium; } >/dev/null; then
            exit 0
        fi
    fi
fi

echo "The browser tests need the system's Chromium. On Debian or Ubuntu run: sudo apt-get install chromium." >&2
echo "Elsewhere install Chromium or Chrome and set CHROMIUM to its program." >&2
if [ "${CI:-}" = true ]; then
    exit 1
fi
echo "Going on without it: the browser tests will be skipped." >&2
