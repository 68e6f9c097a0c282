# gp: small programs for official public pages. `make demo`, `make test`.

PREFIX  = /usr/local
DESTDIR =
BINDIR  = $(PREFIX)/bin
MANDIR  = $(PREFIX)/share/man
DATADIR = $(PREFIX)/share/gp
BASHDIR = $(PREFIX)/share/bash-completion/completions
ZSHDIR  = $(PREFIX)/share/zsh/site-functions
FISHDIR = $(PREFIX)/share/fish/vendor_completions.d

# Debian 12's packages. What builds and runs gp; what tests it besides.
DEPS_BUILD = gcc g++ make pkg-config libsimdjson-dev libcurl4-openssl-dev \
	libyaml-dev libutf8proc-dev libpcre2-dev libstemmer-dev libxml2-dev \
	libmicrohttpd-dev libssl-dev libxxhash-dev zlib1g-dev jq tzdata curl
DEPS_TEST = bats bats-assert bats-support libcmocka-dev clang \
	libclang-rt-14-dev clang-format cppcheck shellcheck mandoc python3 \
	python3-jsonschema python3-yaml fish zsh bash-completion git
DEPS_BENCH = libjson-c-dev python3-requests python3-bs4 npm time

CC  = gcc
CXX = g++
PKGS = simdjson libcurl yaml-0.1 libutf8proc libpcre2-8 libxml-2.0 \
	libmicrohttpd libcrypto libxxhash zlib

O = build
OPT = -O2 -g
ifdef SAN				# make SAN=address,undefined test
O   = build-$(SAN)
OPT = -O1 -g -fno-omit-frame-pointer -fsanitize=$(SAN) \
	-fno-sanitize-recover=all
endif
CFLAGS  =
LDFLAGS =

WARN = -Wall -Wextra -Wshadow -Wwrite-strings -Wvla -Wpointer-arith -Wformat=2
WARNC = $(WARN) -Wstrict-prototypes -Wmissing-prototypes
ifdef WERROR
WARN += -Werror
endif
# Expanded late, so that a fresh machine can run `make deps` first.
PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS = $(shell pkg-config --libs $(PKGS) 2>/dev/null)
DEFS = -D_GNU_SOURCE -DGP_DATADIR='"$(DATADIR)"' -Ilib
ALL_CFLAGS = -std=c11 $(OPT) $(WARNC) $(DEFS) $(PKG_CFLAGS) $(CFLAGS)
ALL_CXXFLAGS = -std=c++17 $(OPT) $(WARN) $(DEFS) $(PKG_CFLAGS) $(CFLAGS)
ALL_LDFLAGS = $(OPT) -pthread $(LDFLAGS)
LIBS = $(PKG_LIBS) -lstemmer -lm

BASE   = err buf pool opt instant utf8 file
JSON   = json write splice lines map
CONFIG = yaml fill nearest config secret
RECORD = item figure hashtag
HTTP = http transfer bucket tape url
NET    =
TEXT   =
RULES  =
SHOW   =
SIM    =
CLI = filter

CMDS =
DATA =

LIBSRC = $(BASE:%=lib/base/%.c) $(JSON:%=lib/json/%.c) \
	$(CONFIG:%=lib/config/%.c) $(RECORD:%=lib/record/%.c) \
	$(HTTP:%=lib/http/%.c) $(NET:%=lib/net/%.c) $(TEXT:%=lib/text/%.c) \
	$(RULES:%=lib/rules/%.c) $(SHOW:%=lib/show/%.c) $(SIM:%=lib/sim/%.c) \
	$(CLI:%=lib/cli/%.c)
LIBOBJ = $(LIBSRC:%.c=$(O)/%.o) $(O)/lib/json/json_simd.o
LIBGP = $(O)/libgp.a
BIN = $(CMDS:%=$(O)/%)

all: $(BIN)

$(O)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
$(O)/%.o: %.cc
	@mkdir -p $(@D)
	$(CXX) $(ALL_CXXFLAGS) -MMD -MP -c -o $@ $<
$(LIBGP): $(LIBOBJ)
	rm -f $@
	ar rcs $@ $(LIBOBJ)
$(BIN): $(O)/%: $(O)/cmd/%.o $(LIBGP)
	$(CXX) $(ALL_LDFLAGS) -o $@ $< $(LIBGP) $(LIBS)
-include $(shell find $(O) -name '*.d' 2>/dev/null)

clean:
	rm -rf build build-*
.PHONY: all clean
.SECONDARY:
