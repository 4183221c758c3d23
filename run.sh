#!/usr/bin/env bash
# Builds Jiesu and starts the demo district. Obeys ASPNETCORE_URLS, Jiesu__DataFolder and ConnectionStrings__Main.
set -euo pipefail
cd "$(dirname "$0")"
. ./setup.sh

need_dotnet
need_node
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export ASPNETCORE_URLS="${ASPNETCORE_URLS:-http://127.0.0.1:5080}"
export Jiesu__DataFolder="${Jiesu__DataFolder:-$PWD/var}"

dotnet build src/Jiesu.Host -c Release -v quiet --nologo -clp:ErrorsOnly
exec dotnet artifacts/bin/Jiesu.Host/release/Jiesu.Host.dll demo "$@"
