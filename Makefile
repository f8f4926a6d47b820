# SPDX-License-Identifier: GPL-2.0-or-later
# The front door. Each target installs the Debian packages that it needs.

build := build

compiler_packages := g++ ccache cmake ninja-build libcli11-dev libexpected-dev libfmt-dev \
	nlohmann-json3-dev zlib1g-dev libncurses-dev libmicrohttpd-dev doctest-dev
deb_packages := $(compiler_packages) build-essential git dpkg-dev debhelper dh-dkms
guest_packages := qemu-system-x86 qemu-utils mmdebstrap e2fsprogs
lint_packages := clang-format shellcheck mandoc lintian
cli_packages := zsh fish tmux gnuplot-nox prometheus prometheus-node-exporter \
	curl python3

# What was compiled before, here or in another clone, is not compiled again.
export PATH := /usr/lib/ccache:$(PATH)
export CCACHE_DIR := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/mp3prof/ccache
export CCACHE_BASEDIR := $(CURDIR)
export CCACHE_NOHASHDIR := 1

cmake_options := -G Ninja -DMP3PROF_WERROR=ON
ctest := ctest --test-dir $(build) --output-on-failure -j2

all: ## build the tool, into build/
	@tools/need $(compiler_packages)
	@cmake -S . -B $(build) $(cmake_options)
	@cmake --build $(build) --target mp3prof

deb: ## build the package, mp3prof.deb
	@tools/need $(deb_packages)
	@tools/build-deb

install: deb ## install the package on this machine
	@apt=$$([ "$$(id -u)" = 0 ] || echo sudo); $$apt apt-get install -y --reinstall ./mp3prof.deb

demo: deb image ## the package in a Debian guest: two workloads and a monitor
	@tests/vm/demo/demo

test: build-tests deb image ## all but the long ones, which say so
	@tools/need $(guest_packages) $(lint_packages) $(cli_packages)
	@$(ctest) -LE life

test-unit: build-tests ## the tool's logic
	@$(ctest) -L unit

test-cli: build-tests ## the built tool, without a device
	@tools/need $(cli_packages)
	@$(ctest) -L cli

test-package: build-tests deb ## long: lintian, contents; its life in guests of Debian 12 and 13
	@tools/need $(guest_packages) $(lint_packages)
	@$(ctest) -L 'package|life'

test-guest: build-tests deb image ## the installed package in a full Debian guest
	@$(ctest) -L guest

test-limits: build-tests ## long: the module at its limits, each in a guest of its own
	@tools/need $(guest_packages)
	@tests/vm/limits $(build)

test-debug: build-tests ## long: on kernels that notice mistakes; STRESS_MINUTES= of stress
	@tools/need $(guest_packages)
	@tests/vm/debug-suite $(build)

test-planted: build-tests ## long: that the suites catch bugs planted by hand
	@tools/need $(guest_packages)
	@tests/vm/planted/run $(build)

fuzz: build-tests ## long: libFuzzer, and a million system calls under KASAN
	@tests/fuzz/run
	@tests/vm/debug kasan --timeout 3600 $(build)/tests/vm/syscalls/mp3-syscall-fuzz \
		--calls $${FUZZ_CALLS:-1000000} $${FUZZ_SEED:+--seed $$FUZZ_SEED}

test-kernel-builds: ## the module against the kernels of four Debian releases
	@tests/vm/test-kernels --builds

test-kernels: ## long: Debian's kernels: DKMS, and the suite on five
	@tools/need $(compiler_packages) $(guest_packages)
	@cmake -S . -B $(build) $(cmake_options)
	@cmake --build $(build) --target mp3-guest-test guest-monitor guest-work
	@tests/vm/test-kernels $(build)/tests/vm/guest

bench: build-tests ## long: what sampling costs, and its peers, as a table
	@tools/need $(guest_packages)
	@bench/bench $(build)

bench-update: build-tests ## long: take the committed figures of make bench anew
	@tools/need $(guest_packages)
	@bench/update $(build)

case-studies: build-tests ## long: the exercise's case studies in guests, into docs/case-studies
	@tools/need $(guest_packages) gnuplot-nox
	@case-studies/case-studies $(build)

format: ## lay out the C++ sources
	@tools/need clang-format
	@git ls-files '*.cpp' '*.hpp' | xargs clang-format -i

lint: build-tests deb ## format, shellcheck, mandoc, checkpatch, lintian, include arrows
	@tools/need $(lint_packages)
	@$(ctest) -L lint

clean: ## remove what was built here; caches of guests stay
	rm -rf $(build) out mp3prof*.deb
	find src/kernel \( -name '*.o' -o -name '*.ko' -o -name '*.mod' -o -name '*.mod.c' \
		-o -name '.*.cmd' -o -name Module.symvers -o -name modules.order \) -delete

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' Makefile | expand -t 24

build-tests:
	@tools/need $(compiler_packages)
	@cmake -S . -B $(build) $(cmake_options)
	@cmake --build $(build)

image:
	@tools/need $(guest_packages)
	@tests/vm/full-guest --make-image

.PHONY: all deb install demo test test-unit test-cli test-package test-guest \
	test-limits test-debug test-planted fuzz test-kernel-builds test-kernels bench bench-update case-studies format lint clean \
	help build-tests image
