#!/bin/sh
# Makes a Debian package of the built project in FOLDER and prints its path. It holds all it takes but libvirt's client
# library: Node itself, the dependencies, and the binding, compiled. The Node is not the one at hand but the one that
# deploy/deb/node/package-lock.json names, which is downloaded at first use (scripts/package-node.sh); nothing else is. To ship a
# later one: raise the versions in deploy/deb/node/package.json; docs/deployment.md has the command.
# Usage: deb.sh FOLDER
set -eu
cd "$(dirname "$0")/.."
mkdir -p "$1"
folder=$(cd "$1" && pwd)

fail() {
  echo "deb.sh: $*" >&2
  exit 1
}

[ -f dist/main.js ] || fail 'no dist/main.js; run make build'
node=$(scripts/package-node.sh)
version=$(node -p "require('./package.json').version")
architecture=$(dpkg --print-architecture)
# Of the last commit, or of an unpacked release: the same build gives the same package but for V8's caches of compiled code
# (dist/catalogue/*.cache), which V8 writes otherwise each time.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || stat -c %Y CHANGELOG.md)}
export SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022
root=$work/debian/virt-audit
home=$root/usr/lib/virt-audit
doc=$root/usr/share/doc/virt-audit
mkdir -p "$root/DEBIAN" "$home" "$doc" "$root/usr/bin" "$root/usr/share/man/man1" "$root/usr/lib/systemd/system" \
  "$root/etc/virt-audit" "$root/etc/default"

cp -R dist rules package.json "$home"
node_modules=$(scripts/run-time-packages.sh) || fail 'npm does not tell which packages are needed at run time'
for package in $node_modules; do
  mkdir -p "$home/${package%/*}"
  cp -R "$package" "$home/${package%/*}"
done
# What compiling leaves, and what only people and compilers read.
binding=$home/node_modules/node-libvirt
find "$binding" -mindepth 1 -maxdepth 1 ! -name dist ! -name build ! -name package.json ! -name LICENSE -exec rm -r {} +
find "$binding/build" -type f ! -path '*/build/Release/libvirt.node' -delete
find "$home/node_modules" -type f \( -name '*.ts' -o -name '*.map' -o -iname '*.md' -o -name '*.flow' -o -name '.*' \) -delete
find "$home/node_modules" -type d -empty -delete
strip --strip-unneeded "$binding/build/Release/libvirt.node"
chmod 644 "$binding/build/Release/libvirt.node"
# Debugging symbols of Node itself, a tenth of it.
strip -o "$home/node" "$node"
# What the building Node's V8 has left in dist is nothing to this one's. The binding is: it speaks Node-API, which is the same
# to all of them.
"$home/node" --import tsx scripts/compile-catalogue.ts "$home/dist/catalogue"

install -m 755 deploy/deb/virt-audit "$root/usr/bin/virt-audit"
install -m 644 deploy/systemd/virt-audit.service "$root/usr/lib/systemd/system"
install -m 644 deploy/deb/virt-audit.yaml "$root/etc/virt-audit"
install -m 644 deploy/deb/default "$root/etc/default/virt-audit"
node scripts/man-page.mjs | gzip -9n >"$root/usr/share/man/man1/virt-audit.1.gz"
gzip -9n <CHANGELOG.md >"$doc/changelog.gz"
cp docs/*.md docs/report.schema.json "$doc"
mkdir "$doc/examples"
cp -R deploy/prometheus deploy/grafana deploy/systemd "$doc/examples"
rm -f "$doc"/examples/prometheus/*_test.yml "$doc"/examples/systemd/virt-audit.service

node scripts/copyright.mjs "$home" "${node%/bin/node}/LICENSE" >"$doc/copyright"

install -m 755 deploy/deb/postinst deploy/deb/prerm deploy/deb/postrm "$root/DEBIAN"
printf '%s\n' /etc/virt-audit/virt-audit.yaml /etc/default/virt-audit >"$root/DEBIAN/conffiles"
(cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
# dpkg-shlibdeps reads the versions that these libraries' packages declare.
printf 'Source: virt-audit\n\nPackage: virt-audit\nArchitecture: any\n' >"$work/debian/control"
libraries=$(cd "$work" && dpkg-shlibdeps -O "$home/node" "$binding/build/Release/libvirt.node" 2>"$work/warnings") ||
  fail "$(cat "$work/warnings")"
libraries=${libraries#shlibs:Depends=}
size=$(du -k -s --apparent-size "$root" | cut -f 1)
# libnss-systemd: libvirtd turns away whose name it can't look up, and the unit's user exists only while the service runs.
cat >"$root/DEBIAN/control" <<CONTROL
Package: virt-audit
Version: $version
Architecture: $architecture
Maintainer: ${DEBFULLNAME:-virt-audit} <${DEBEMAIL:-virt-audit@localhost}>
Installed-Size: $size
Depends: $libraries, libnss-systemd
Recommends: libvirt-clients
Suggests: prometheus, apparmor
Enhances: libvirt-daemon-system
Section: admin
Priority: optional
Description: compliance checker for libvirt/KVM hosts
 Audits every domain and the host's AppArmor and libvirt configuration
 against declarative rules, as a report or as Prometheus metrics. It only
 reads, through libvirt's read-only socket. Node.js is included.
CONTROL
package=$folder/virt-audit_${version}_$architecture.deb
# zstd: dpkg takes it since Debian 12 and Ubuntu 18.04; xz would take minutes for a tenth less.
dpkg-deb --root-owner-group -Zzstd -z3 --build "$root" "$package" >/dev/null
echo "$package"
