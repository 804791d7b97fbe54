#!/bin/sh
# Installs what is missing to run (sh scripts/setup.sh run) or to test (sh scripts/setup.sh test), and nothing else:
# Tesseract with its Vietnamese data, the Tinos fonts (tests only), and a virtual environment in .venv with the pinned
# requirements. It may be run again and again: with nothing missing it takes a few hundredths of a second and asks
# neither for the network nor for rights. Where it cannot go on, it says in one line what to do, and exits with 2.
#
# PYTHON=/path/to/python picks the interpreter. pip uses the index that this machine is configured for.
set -eu
cd "$(dirname "$0")/.."
what=${1:-run}
log=.work/setup.log
stamp=.venv/.vanban-requirements

say() { echo "setup: $*"; }
stop() {
    echo "setup: $*" >&2
    exit 2
}

case $what in
    run) requirements=requirements.txt ;;
    test) requirements=requirements-dev.txt ;;
    *) stop "unknown argument '$what': say run or test" ;;
esac

has() { command -v "$1" >/dev/null 2>&1; }

# --- the system's packages -------------------------------------------------------------------------------------------

has_tesseract() { has tesseract && tesseract --list-langs 2>/dev/null | grep -qx vie; }

has_fonts() {
    for folder in /usr/share/fonts "${HOME:-}/Library/Fonts" /Library/Fonts; do
        [ -n "$(find "$folder" -name 'Tinos*' -print 2>/dev/null | head -n 1)" ] && return 0
    done
    return 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

apt_install() { # PACKAGE...
    by_hand="apt-get update && apt-get install -y $*"
    if [ "$(id -u)" -ne 0 ]; then
        has sudo || stop "not root and no sudo; as root run: $by_hand"
        sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; } || stop "sudo does not let us in; as root run: $by_hand"
    fi
    say "installing $* (log: $log)"
    install="as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=60 install -y --no-install-recommends"
    # The lists may be missing (a fresh image) or old (a package moved on): either way one update mends it.
    $install "$@" >>"$log" 2>&1 && return 0
    as_root apt-get update >>"$log" 2>&1 && $install "$@" >>"$log" 2>&1 && return 0
    stop "apt-get could not install it (no network? Ubuntu: is 'universe' on? see $log); as root run: $by_hand"
}

brew_install() { # brew's own words: PACKAGE... or --cask PACKAGE
    say "installing $* (log: $log)"
    brew install "$@" >>"$log" 2>&1 || stop "brew could not install it (see $log); run: brew install $*"
}

install_missing() { # one command for all that is missing, so that a user without rights can hand it to who has them
    tesseract="" fonts="" python_too=""
    has_tesseract || tesseract=yes
    [ "$what" = run ] || has_fonts || fonts=yes
    has_environment || find_python || python_too=yes
    [ -n "$tesseract$fonts$python_too" ] || return 0
    if has apt-get; then
        apt_install ${tesseract:+tesseract-ocr tesseract-ocr-vie} ${fonts:+fonts-croscore} ${python_too:+python3 python3-venv}
    elif has brew; then
        [ -z "$tesseract" ] || brew_install tesseract tesseract-lang
        [ -z "$fonts" ] || brew_install --cask font-tinos
        [ -z "$python_too" ] || brew_install python@3.13
    elif [ "$(uname -s)" = Darwin ]; then
        stop "Homebrew is missing; install it, then run: brew install tesseract tesseract-lang python@3.13"
    else
        stop "neither apt-get nor brew here; install by hand:${tesseract:+ Tesseract 5 with its Vietnamese data (vie);}${fonts:+ the Tinos fonts;}${python_too:+ Python 3.11 or newer with venv;} then run make again"
    fi
    has_tesseract || stop "Tesseract is there but not its Vietnamese data (see: tesseract --list-langs); is TESSDATA_PREFIX right?"
    has_environment || find_python ||
        stop "Python 3.11 or newer with its venv module is needed (Debian 12, Ubuntu 24.04 and later have it); install one and run: PYTHON=/path/to/python make $what"
}

# --- Python ----------------------------------------------------------------------------------------------------------

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

has_environment() { new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }

find_python() { # sets python to the newest one that can make environments (Debian's cannot without python3-venv)
    for python in ${PYTHON:-python3.14 python3.13 python3.12 python3.11 python3}; do
        new_enough "$python" && "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 && return 0
    done
    [ -z "${PYTHON:-}" ] || stop "PYTHON=$PYTHON is not a Python 3.11 or newer with its venv module; name another"
    return 1
}

installed() { # the stamp holds what was installed: the requirements file itself; the larger set (test) holds for run, too
    .venv/bin/python -c '' 2>/dev/null || return 1
    cmp -s "$requirements" "$stamp.$what" || { [ "$what" = run ] && cmp -s requirements-dev.txt "$stamp.test"; }
}

install_packages() {
    if ! has_environment; then
        say "making .venv with $("$python" --version)"
        "$python" -m venv --clear .venv >>"$log" 2>&1 || stop "$python could not make .venv (see $log); is the disk full?"
    fi
    pip="env PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install --quiet --require-hashes"
    # All of it may be there already (a changed comment, a copied folder): then no index is asked.
    if ! $pip --no-index -r "$requirements" >>"$log" 2>&1; then
        say "installing Python packages of $requirements into .venv (under 200 MB, once; log: $log)"
        # Wheels only: without them pip would try to compile, and fail for want of a compiler in a less readable way.
        $pip --only-binary :all: -r "$requirements" >>"$log" 2>&1 ||
            stop "pip could not install $requirements (no network, a certificate it does not trust, or no wheel for this system? see $log); mend that and run: make $what"
    fi
    cp "$requirements" "$stamp.$what"
}

if installed && has_tesseract && { [ "$what" = run ] || has_fonts; }; then exit 0; fi
mkdir -p .work
: >"$log"
install_missing
installed || install_packages
