# What a person runs: make demo, make test. What they need is installed by scripts/setup.sh.

BUILD_PACKAGES := libvirt-dev pkg-config g++ make python3
DEMO_PACKAGES := $(BUILD_PACKAGES) libvirt-clients
DEB_PACKAGES := $(BUILD_PACKAGES) binutils dpkg-dev
TEST_PACKAGES := $(DEMO_PACKAGES) $(DEB_PACKAGES) apparmor apparmor-profiles apparmor-profiles-extra busybox-static chromium \
	cpio fonts-dejavu-core jq libvirt-daemon libvirt-daemon-driver-qemu libvirt-daemon-system man-db mmdebstrap openssl \
	prometheus qemu-guest-agent qemu-system-x86 qemu-utils shellcheck systemd util-linux

# The binding is compiled here: against the headers that came with this Node, where they did, and never downloaded.
node_prefix := $(shell node -p "require('path').dirname(require('path').dirname(process.execPath))")
export npm_config_build_from_source := true
ifneq ($(wildcard $(node_prefix)/include/node/node_api.h),)
export npm_config_nodedir := $(node_prefix)
endif

# GNU make answers every failing recipe with 2. In question mode a recipe's 1 stays 1, and lines marked + run all the same:
# so `make demo` ends as the audit ends.
ifeq ($(MAKECMDGOALS),demo)
MAKEFLAGS += --question
endif


.PHONY: all bench build check deb demo fleet generate soak test test-host setup-build setup-demo setup-test clean

all: build

build: setup-build node_modules/.package-lock.json
	@npm run --silent build && chmod +x dist/main.js

node_modules/.package-lock.json: package.json package-lock.json
	@echo 'npm ci: installing, and compiling the libvirt binding'
	@npm ci --loglevel=error --foreground-scripts=false
	@touch $@

setup-build:
	@scripts/setup.sh $(BUILD_PACKAGES)

setup-demo:
	@scripts/setup.sh $(DEMO_PACKAGES)

setup-test:
	@scripts/setup.sh $(TEST_PACKAGES)

# A host that was set up as CloudStack's guide once said, in libvirt's test driver and a sample file system.
demo:
	+@env -u MAKEFLAGS $(MAKE) --no-print-directory setup-demo build
	+@scripts/demo.sh

check: node_modules/.package-lock.json
	@npm run --silent check
	@shellcheck scripts/*.sh deploy/deb/postinst deploy/deb/prerm deploy/deb/postrm deploy/deb/virt-audit .ci/run

test: setup-test build check
	@scripts/test.sh

# The evaluator against a booted kernel, the product and its service on a whole booted host, and an upgrade to the next Debian's libvirt and
# QEMU: minutes, so apart from the other tests. Two at once, in this order: the service's host is the first test's, built by then.
test-host: setup-test build
	@scripts/setup.sh mmdebstrap e2fsprogs libc6-dev
	@VIRT_AUDIT_HOST_TEST=1 node --import tsx --test --test-concurrency=2 --test-reporter=spec \
		test/real/host/host.test.ts test/real/kernel/kernel.test.ts test/real/target/target.test.ts test/real/unit/unit.test.ts

# What is made from something else, and committed: read the difference before you commit it.
generate: build
	@node dist/main.js rules docs > rules/README.md
	@UPDATE_GOLDENS=1 node --import tsx --test test/hosts.test.ts test/metricsDoc.test.ts >/dev/null || true

# What is measured runs as the package runs it: on its Node, with the caches of compiled code that this one's V8 makes.
as_packaged = node=$$(scripts/package-node.sh) && export PATH="$${node%/*}:$$PATH" && npm run --silent build &&

# One table: against a C program on the same libvirtd, virsh, another exporter, and itself at other sizes.
bench: setup-test build
	@scripts/setup.sh gcc libc6-dev pkg-config libvirt-dev prometheus-libvirt-exporter
	@$(as_packaged) node --import tsx test/bench/evaluator.ts && node --import tsx test/bench/bench.ts $(SECTIONS)

# 2,200 audits with faults mixed in: some minutes, and what memory is left.
soak: setup-test build
	@$(as_packaged) node --import tsx test/bench/soak.ts $(AUDITS)

# build/virt-audit_VERSION_ARCHITECTURE.deb: with Node, the dependencies and the binding; to be installed by apt.
deb: build
	@scripts/setup.sh $(DEB_PACKAGES)
	@scripts/deb.sh build

# What 1,000 hosts cost a Prometheus: some minutes and some GiB. docs/fleet.md holds the figures.
fleet: build
	@scripts/setup.sh prometheus util-linux
	@node --import tsx test/bench/fleet.ts

clean:
	rm -rf build dist node_modules .cache deploy/deb/node/node_modules test/real/nodes/node_modules
