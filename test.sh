#!/usr/bin/env bash
# Runs all tests: unit, both databases, browser. Fails when something it needs cannot be had; the last line is the sum of all runners.
set -euo pipefail
cd "$(dirname "$0")"
. ./setup.sh

need_dotnet
need_node
need_postgres
need_browser
need_print_font
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

dotnet build Jiesu.slnx -v quiet --nologo -clp:ErrorsOnly

passed=0 failed=0 skipped=0 broken=0
# run PROJECT: adds the counts that the runner prints to the sum.
run() {
  local log status=0
  log=$(mktemp)
  dotnet test --project "$1" --no-build --timeout 40m 2>&1 | tee "$log" || status=$?
  count() { sed -n "s/^ *$1: *\([0-9]*\)$/\1/p" "$log" | tail -1; }
  passed=$((passed + $(count succeeded || echo 0)))
  failed=$((failed + $(count failed || echo 0)))
  skipped=$((skipped + $(count skipped || echo 0)))
  [ "$status" -eq 0 ] || broken=1
  rm -f "$log"
}

run tests/Jiesu.Tests
run tests/Jiesu.Browser

echo "$passed passed, $failed failed, $skipped skipped"
[ "$broken" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
