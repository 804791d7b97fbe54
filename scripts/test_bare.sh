#!/bin/sh
# Tries the README's promise in a Debian that has nothing: makes a bare root of SUITE with debootstrap, installs git and
# make there, clones the last commit of this repository, and runs COMMAND (default: make run && make test) as root.
# Asks for root rights and debootstrap. Mirror and pip's settings are those of this machine; nothing is written outside
# the new root, whose mounts end with the run.
#
#   scripts/test_bare.sh bookworm [FOLDER] [COMMAND]        (FOLDER: /tmp/vanban-bare/bookworm; kept, and used again)
set -eu
suite=${1:?suite: bookworm, trixie, ...}
root=${2:-/tmp/vanban-bare/$suite}
command=${3:-make run && make test}
repository=$(cd "$(dirname "$0")/.." && pwd)

if [ ! -e "$root/etc/debian_version" ]; then
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m 1 '/debian/*$')
    mkdir -p "$root"
    debootstrap --variant=minbase "$suite" "$root" "$mirror"
fi
cp /etc/resolv.conf "$root/etc/resolv.conf"
mkdir -p "$root/root"
[ -z "${PIP_CERT:-}" ] || cp "$PIP_CERT" "$root/root/certificates.pem"
rm -rf "$root/root/source.git" "$root/root/vanban"
git clone --quiet --bare "$repository" "$root/root/source.git"
cat >"$root/root/try.sh" <<TRY
set -eu
mount -t proc proc /proc
command -v git make >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends git make; } >/root/apt.log 2>&1
cd /root && git clone --quiet source.git vanban && cd vanban
# As on a machine just installed: no list of packages, or an old one.
rm -rf /var/lib/apt/lists/*
$command
TRY
exec unshare --mount --pid --fork sh -c "
    mount --make-rprivate / && mount --rbind /dev '$root/dev' &&
    exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
        ${PIP_CERT:+PIP_CERT=/root/certificates.pem} ${PIP_INDEX_URL:+PIP_INDEX_URL=$PIP_INDEX_URL} \
        ${http_proxy:+http_proxy=$http_proxy} ${https_proxy:+https_proxy=$https_proxy} \
        chroot '$root' sh /root/try.sh"
