#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck source=tests/cli/lib.sh
source "$(dirname "$0")/lib.sh"

needs curl
start_faults
start_export --source proc -p "$pid"
get() { curl -sS -o "$tmp/body" -w '%{http_code} %{content_type}' "$@"; }

[[ $(get "$site/metrics") == "200 text/plain; version=0.0.4; charset=utf-8" ]] || fail "no metrics"
[[ $(tail -n 1 "$tmp/body") == "# EOF" ]] || fail "the metrics have no end"
[[ $(get "$site/") == "200 text/html; charset=utf-8" ]] || fail "no page at /"
has "$(<"$tmp/body")" 'href="/metrics"'
[[ $(get "$site/elsewhere") == "404 "* ]] || fail "not 404"
[[ $(get -X POST -d x "$site/metrics") == "405 "* ]] || fail "not 405"
has "$(curl -sS -i -X DELETE "$site/metrics" | tr -d '\r')" "Allow: GET, HEAD"
has "$(curl -sS -I "$site/metrics")" "HTTP/1.1 200 OK"
