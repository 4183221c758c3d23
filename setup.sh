# What run.sh and test.sh need of a Debian 12 machine; sourced by both. Says what it installs, and touches nothing that is already there.

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# install PACKAGE... : Debian packages, as root or through sudo.
install() {
  say "Installing from Debian: $*"
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    has sudo || fail "Missing: $*. Run as root once, or install them: apt-get install $*"
    root=(sudo)
  fi
  "${root[@]}" apt-get update -qq || say "The package list could not be renewed; trying with the old one."
  DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null || fail "Could not install: $*"
}

need_dotnet() {
  has dotnet || fail "The .NET 10 SDK is missing: https://learn.microsoft.com/dotnet/core/install/linux-debian"
  dotnet --list-sdks | grep -q '^10\.' || fail "The .NET 10 SDK is missing; found: $(dotnet --list-sdks | tr '\n' ' ')"
}

node_major() { node --version 2>/dev/null | sed -n 's/^v\([0-9]*\)\..*/\1/p'; }

# Node.js 18 or newer with npm, for the bundle of the pages.
need_node() {
  if ! has node || ! has npm; then install nodejs npm; fi
  [ "$(node_major)" -ge 18 ] || fail "Node.js 18 or newer is needed; found $(node --version)."
}

need_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || install postgresql-15; }

need_browser() {
  has chromium || install chromium
  [ -n "$(fc-list :lang=zh 2>/dev/null)" ] || install fontconfig fonts-noto-cjk
}

# A Chinese font with outlines that a PDF can carry (docs/decisions/0007).
need_print_font() { [ -n "$(fc-list '' file 2>/dev/null | grep wqy-zenhei)" ] || install fonts-wqy-zenhei; }
