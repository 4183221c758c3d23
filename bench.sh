#!/usr/bin/env bash
# ./bench.sh NAME [options]: one line a figure. Without a name it lists the benchmarks.
set -euo pipefail
cd "$(dirname "$0")"
. ./setup.sh

need_dotnet
need_node
need_postgres
need_browser
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build bench/Jiesu.Bench -c Release -v quiet --nologo -clp:ErrorsOnly
exec dotnet artifacts/bin/Jiesu.Bench/release/Jiesu.Bench.dll "$@"
