# gp: small programs for official public pages. `make demo`, `make test`.

PREFIX  = /usr/local
DESTDIR =
BINDIR  = $(PREFIX)/bin
MANDIR  = $(PREFIX)/share/man
DATADIR = $(PREFIX)/share/gp
BASHDIR = $(PREFIX)/share/bash-completion/completions
ZSHDIR  = $(PREFIX)/share/zsh/site-functions
FISHDIR = $(PREFIX)/share/fish/vendor_completions.d
UNITDIR = $(PREFIX)/lib/systemd/system

# Debian 12's packages. What builds and runs gp; what tests it besides.
DEPS_BUILD = gcc g++ make pkg-config libsimdjson-dev libcurl4-openssl-dev \
	libyaml-dev libutf8proc-dev libpcre2-dev libstemmer-dev libxml2-dev \
	libmicrohttpd-dev libssl-dev libxxhash-dev zlib1g-dev libdeflate-dev \
	libcsv-dev libsqlite3-dev libpq-dev libxlsxwriter-dev libpango1.0-dev \
	libcairo2-dev libseccomp-dev fonts-paratype jq tzdata curl sqlite3 zstd
DEPS_TEST = bats bats-assert bats-support libcmocka-dev clang \
	libclang-rt-14-dev clang-format cppcheck openssl shellcheck mandoc python3 \
	python3-jsonschema python3-yaml python3-pil poppler-utils fish zsh \
	bash-completion git npm postgresql util-linux chromium nodejs \
	libreoffice-calc systemd logrotate strace
DEPS_BENCH = libjson-c-dev python3-requests python3-bs4 python3-lxml npm \
	fasttext python3-sklearn python3-stemmer librsvg2-bin miller
DEPS_CLUSTER = patroni etcd-server postgresql procps

# make V=1 shows whole commands.
ifeq ($(V),1)
Q =
SAY = :
else
Q = @
SAY = printf '  %-4s %s\n'
endif

CC  = gcc
CXX = g++
PKGS = simdjson libcurl yaml-0.1 libutf8proc libpcre2-8 libxml-2.0 \
	libmicrohttpd libcrypto libxxhash zlib libdeflate sqlite3 libpq xlsxwriter \
	pangocairo cairo cairo-pdf cairo-svg libseccomp

O = build
OPT = -O2 -g
ifdef SAN				# make SAN=address,undefined test
O   = build-$(SAN)
OPT = -O1 -g -fno-omit-frame-pointer -fsanitize=$(SAN) \
	-fno-sanitize-recover=all -DGP_SANITIZED
endif
CFLAGS  =
LDFLAGS =
# Whole programs at once, where gcc builds what is installed: a tenth faster.
# The objects stay ordinary ones too, so that tests link quickly.
ifeq ($(SAN)$(CC),gcc)
LTO = -flto=auto -ffat-lto-objects
endif

WARN = -Wall -Wextra -Wshadow -Wwrite-strings -Wvla -Wpointer-arith -Wformat=2
WARNC = $(WARN) -Wstrict-prototypes -Wmissing-prototypes
ifdef WERROR
WARN += -Werror
endif
# Expanded late, so that a fresh machine can run `make deps` first.
PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS = $(shell pkg-config --libs $(PKGS) 2>/dev/null)
DEFS = -D_GNU_SOURCE -DGP_DATADIR='"$(DATADIR)"' -Ilib
ALL_CFLAGS = -std=c11 $(OPT) $(LTO) $(WARNC) $(DEFS) $(PKG_CFLAGS) $(CFLAGS)
ALL_CXXFLAGS = -std=c++17 $(OPT) $(WARN) $(DEFS) $(PKG_CFLAGS) $(CFLAGS)
ALL_LDFLAGS = $(OPT) -pthread -Wl,--as-needed $(LDFLAGS)
LIBS = $(PKG_LIBS) -lstemmer -lcsv -lm

BASE   = err buf sha256 pool grow opt day instant utf8 file lock lock_folders
JSON   = json keys reader walk pick write splice lines map
CONFIG = yaml fill nearest config secret excerpt
RECORD = item figure hashtag kind
HTTP   = http wait transfer unpack bucket tape url multipart
NET = html preview preview_message preview_media job fetch cursors choose listed plan address look known front wall watch said limits publish vk_publish vk_published tg_publish tg_published max_publish max_published ok_publish ok_attachment ok_published net vk vk_api \
	act vk_act tg_act ok_act max_act vk_item vk_media vk_page vk_posts vk_comments vk_messages vk_updates \
	vk_stats ok ok_api ok_item ok_page ok_posts ok_comments \
	ok_stats ok_messages ok_updates \
	max max_item max_page max_posts max_comments max_updates \
	telegram tg_api tg_message tg_updates tg_cursor tg_album \
	tg_reactions tg_page tg_posts
TEXT   = fold token special stem words wordclass place sketch minhash similar \
	personal personal_allow personal_check personal_first personal_mail \
	personal_name personal_number personal_phone personal_place \
	personal_scan personal_words
LEARN  = feature corpus finish near svm fit fold judge model save score \
	lesson figures train trial mixed worth stand help part softmax
DEDUP  = item chain index judge read
RULES = atom class finding index load match pattern prove taxonomy term verdict
TERM = answer calendar choose find hours limit place place_words router routes \
	routes_centres routes_loops routes_names routes_parts routes_prove \
	routes_rules routes_terms routes_when schedule steps steps_days \
	steps_write trail year zone
SHOW   = show table csv ndjson md chart html xlsx
REPORT = audience behind behind_read case counted counted_show days dict executors fact frame \
	hash head items keymap ledger ledger_read listing listing_show measure month \
	names overdue pages period plain polls posts posts_show promises quality \
	quantile queue queue_list queue_show repeat report rows set shelf speed \
	survey topics wall week week_count week_frame week_people week_posts week_records \
	week_show where
SIM_VK = vk vkattach vkcheck vkexecute vkgroups vklongpoll vkmessages vkmethods \
	vknote vkobject vkpage vkpoll vkreply vksend vkstats vkupload vkwall \
	vkwrite vkwritten
SIM_OK = ok okmethods okstats okgraph okmedia oksend okupload okvideo okwrite
SIM_MAX = max maxcontent maxmessages maxnote maxupdates maxupload maxwrite
SIM = scenario scenario_prove entity finder parsehtml world timeline botjson \
	botjson_media markup page bubble bubble_media landing methods request \
	fault botapi botbook botupdates botchat botsend botpoll botedit sim faultanswer \
	control controlbook controlfeed simbench damage server token tokenfile network feed feedwalk \
	feedmill feedwait book shelf crowd plant country countrytext countryfeed \
	countryview countrycontrol $(SIM_VK) $(SIM_OK) $(SIM_MAX)
IMPORT = source extent scan threads desktop desktop_chat desktop_media saved kind
CLI = filter findings inputs jq output waiting wanted zone
OUTBOX = outbox lock place resolve
BUDGET = budget
WORK = table pages list lease status child lent shift
SEND = send receipt pages request sender decide
REPLY = reply hours replier
STORE = store feed tell row schema put find desk match where erasure forget care check \
	again sqlite sqlite_put postgres postgres_again postgres_month \
	postgres_put postgres_merge cursor lease own dedup \
	dedup_sqlite dedup_postgres
DOCTOR = doctor setup machine database
POSTS = todo poster prove renamed show
PLAN = markup when table plan yaml csv record post media check ics
CARD = album album_draw alt canvas card card_read colour draw draw_bars \
	draw_figure draw_line draw_words fill make make_items number pen period \
	rows spec theme type
REDACT = setup key text author record
CHECK = check compile fold measure phrase posts read record rule schema \
	schema_read schema_same schema_value sentence standard table
SUGGEST = past join index terms seek factwords mark facts hole templates \
	templates_prove fill compose suggest
REVIEW = take sheet parse judge reply session editor

CMDS = gp-fetch gp-import gp-redact gp-dedup gp-classify gp-train gp-route gp-store gp-suggest gp-check gp-review gp-reply gp-post gp-report gp-card gp-doctor gp-work gp-sim
DATA = lib/data/taxonomy.yaml lib/data/scenario.yaml lib/data/gp.jq \
	lib/data/routes.yaml lib/data/places.yaml lib/data/standard.yaml \
	lib/data/cards.yaml lib/data/theme.yaml lib/data/templates.yaml \
	lib/data/plan.yaml lib/data/citus.sql \
	$(sort $(wildcard lib/data/calendar-*.yaml)) \
	lib/data/labelled.ndjson $(MODEL) $(SCHEMA)

LIBSRC = $(BASE:%=lib/base/%.c) $(JSON:%=lib/json/%.c) \
	$(CONFIG:%=lib/config/%.c) $(RECORD:%=lib/record/%.c) \
	$(HTTP:%=lib/http/%.c) $(NET:%=lib/net/%.c) $(TEXT:%=lib/text/%.c) \
	$(RULES:%=lib/rules/%.c) $(TERM:%=lib/term/%.c) $(SHOW:%=lib/show/%.c) \
	$(SIM:%=lib/sim/%.c) $(IMPORT:%=lib/import/%.c) \
	$(REDACT:%=lib/redact/%.c) $(DEDUP:%=lib/dedup/%.c) \
	$(LEARN:%=lib/learn/%.c) \
	$(REPORT:%=lib/report/%.c) $(STORE:%=lib/store/%.c) \
	$(OUTBOX:%=lib/outbox/%.c) $(SEND:%=lib/send/%.c) $(REPLY:%=lib/reply/%.c) $(CLI:%=lib/cli/%.c) \
	$(BUDGET:%=lib/budget/%.c) $(WORK:%=lib/work/%.c) \
	$(DOCTOR:%=lib/doctor/%.c) $(CHECK:%=lib/check/%.c) \
	$(CARD:%=lib/card/%.c) $(SUGGEST:%=lib/suggest/%.c) \
	$(REVIEW:%=lib/review/%.c) $(PLAN:%=lib/plan/%.c) \
	$(POSTS:%=lib/post/%.c)
LIBOBJ = $(LIBSRC:%.c=$(O)/%.o) $(O)/lib/json/json_simd.o
LIBGP = $(O)/libgp.a
BIN = $(CMDS:%=$(O)/%)
MODEL = $(O)/data/model.gpm
SCHEMA = $(O)/data/gp-record.schema.json

all: $(BIN) $(MODEL) $(SCHEMA)

$(O)/%.o: %.c
	@mkdir -p $(@D); $(SAY) CC $<
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
$(O)/%.o: %.cc
	@mkdir -p $(@D); $(SAY) CXX $<
	$(Q)$(CXX) $(ALL_CXXFLAGS) -MMD -MP -c -o $@ $<
$(LIBGP): $(LIBOBJ)
	@$(SAY) AR $@; rm -f $@
	$(Q)ar rcs $@ $(LIBOBJ)
$(BIN): $(O)/%: $(O)/cmd/%.o $(LIBGP)
	@$(SAY) LD $@
	$(Q)$(CXX) $(ALL_LDFLAGS) $(LTO) -o $@ $< $(LIBGP) $(LIBS)
# The same input gives the same bytes, so the model need not be kept.
$(MODEL): $(O)/gp-train lib/data/labelled.ndjson
	@mkdir -p $(@D); $(SAY) LEARN $@
	$(Q)$(O)/gp-train -o $@ lib/data/labelled.ndjson
# Where gp-check finds it beside the build.
$(SCHEMA): lib/record/gp-record.schema.json
	@mkdir -p $(@D); $(SAY) COPY $@
	$(Q)cp lib/record/gp-record.schema.json $@
-include $(shell find $(O) -name '*.d' 2>/dev/null)

# -- setting up ------------------------------------------------------------

# Installs what is missing and says so. An npm of any origin will do.
define INSTALL
	@want=; for p in $(1); do \
		[ $$p != npm ] || ! command -v npm >/dev/null || continue; \
		dpkg-query -W -f '$${Status}' $$p 2>/dev/null | \
		grep -q '^install ok installed' || want="$$want $$p"; done; \
	if [ -z "$$want" ]; then echo "deps: nothing is missing"; exit 0; fi; \
	echo "deps: installing$$want"; \
	as=; [ "$$(id -u)" = 0 ] || as=sudo; \
	$$as apt-get update -q >/dev/null && \
	$$as env DEBIAN_FRONTEND=noninteractive \
		apt-get install -q -y --no-install-recommends $$want >/dev/null
endef

deps:
	$(call INSTALL,$(DEPS_BUILD) $(DEPS_TEST))
deps-build:
	$(call INSTALL,$(DEPS_BUILD))
deps-cluster:
	$(call INSTALL,$(DEPS_BUILD) $(DEPS_TEST) $(DEPS_CLUSTER))
deps-bench:
	$(call INSTALL,$(DEPS_BUILD) $(DEPS_BENCH))

# A month of an invented district, read, understood and counted.
demo: deps-build
	@$(MAKE) --no-print-directory -s all
	@sh tests/demo $(O)

# -- tests -----------------------------------------------------------------

UNIT = $(sort $(wildcard tests/unit/test_*.c))
UNITBIN = $(UNIT:%.c=$(O)/%)
HELPER = $(filter-out $(UNIT),$(sort $(wildcard tests/unit/*.c)))
HELPERBIN = $(HELPER:%.c=$(O)/%)
FUZZ = $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZBIN = $(FUZZ:%.c=$(O)/%)

$(UNITBIN) $(HELPERBIN): $(O)/%: $(O)/%.o $(LIBGP)
	@$(SAY) LD $@
	$(Q)$(CXX) $(ALL_LDFLAGS) -fno-lto -o $@ $< $(LIBGP) -lcmocka $(LIBS)
# Without a fuzzer's engine the targets replay their corpora.
$(FUZZBIN): $(O)/%: $(O)/%.o $(O)/tests/fuzz/replay.o $(LIBGP)
	@$(SAY) LD $@
	$(Q)$(CXX) $(ALL_LDFLAGS) -fno-lto -o $@ $< $(O)/tests/fuzz/replay.o $(LIBGP) $(LIBS)

test: deps
	@$(MAKE) --no-print-directory test-run
test-build: all $(UNITBIN) $(HELPERBIN) $(FUZZBIN)
test-run: test-build
	@GP_MAKE='$(if $(SAN),SAN=$(SAN),O=$(O))' sh tests/run $(O) $(T)

# Three nodes of PostgreSQL, workers, a sender, and what can befall them. CLUSTER:
# primaries killed, workers killed, primaries cut off, a seed.
CLUSTER = 3 10 1 7
test-cluster: deps-cluster
	@$(MAKE) --no-print-directory -s all
	@tests/cluster/run $(O) $(CLUSTER)

# Each target for FUZZTIME seconds under clang's engine and sanitizers.
FUZZTIME = 60
fuzz: deps
	@$(MAKE) --no-print-directory fuzz-run
fuzz-run:
	@$(MAKE) --no-print-directory CC=clang CXX=clang++ O=build-fuzz \
	    OPT='-O1 -g -fsanitize=fuzzer-no-link,address,undefined' \
	    build-fuzz/libgp.a
	@set -e; for f in $(FUZZ); do n=$$(basename $$f .c); \
	    clang -std=c11 -O1 -g -fsanitize=fuzzer-no-link,address,undefined \
	        $(DEFS) $(PKG_CFLAGS) -c -o build-fuzz/$$n.o $$f; \
	    clang++ -fsanitize=fuzzer,address,undefined -pthread \
	        -o build-fuzz/$$n build-fuzz/$$n.o build-fuzz/libgp.a $(LIBS); \
	    mkdir -p build-fuzz/corpus/$$n; echo "fuzz: $$n"; \
	    (cd build-fuzz && LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.supp \
	        ./$$n -max_total_time=$(FUZZTIME) -max_len=65536 \
	        -timeout=10 -rss_limit_mb=2048 -verbosity=0 -print_final_stats=0 \
	        corpus/$$n $(CURDIR)/tests/fuzz/corpus/$${n#fuzz_}); done

lint: deps
	@sh tests/lint $(O)
bench: deps deps-bench
	@$(MAKE) --no-print-directory -s all
	@/usr/bin/python3 tests/bench/run.py $(O)
# The country on this machine: some ten minutes.
bench-country: deps
	@$(MAKE) --no-print-directory -s all
	@tests/bench/country/run $(O)

completions: all
	sh completions/generate $(O)

# -- installing ------------------------------------------------------------

MAN1 = $(CMDS:%=cmd/%.1)
MAN5 = $(wildcard lib/*/*.5)
MAN7 = $(wildcard cmd/*.7)
COMP = completions/gp.bash completions/_gp completions/gp.fish
# What runs it for years, gp-run(7): scripts, and who calls them when.
RUN = $(sort $(wildcard lib/data/run/*))
UNITS = $(sort $(wildcard lib/data/systemd/gp*.service lib/data/systemd/gp*.timer))
DROPIN = gp-.service.d/10-gp.conf
CRON = lib/data/cron/gp.crontab lib/data/cron/gp.logrotate
PLACES = sed -e 's|@BINDIR@|$(BINDIR)|g; s|@DATADIR@|$(DATADIR)|g'

install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 \
	    $(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(MANDIR)/man7 \
	    $(DESTDIR)$(DATADIR) $(DESTDIR)$(BASHDIR) $(DESTDIR)$(ZSHDIR) \
	    $(DESTDIR)$(FISHDIR) $(DESTDIR)$(DATADIR)/run \
	    $(DESTDIR)$(UNITDIR)/gp-.service.d
	install -m 755 $(BIN) $(DESTDIR)$(BINDIR)
	install -m 644 $(MAN1) $(DESTDIR)$(MANDIR)/man1
	install -m 644 $(MAN5) $(DESTDIR)$(MANDIR)/man5
	install -m 644 $(MAN7) $(DESTDIR)$(MANDIR)/man7
	install -m 644 $(DATA) $(DESTDIR)$(DATADIR)
	install -m 755 $(RUN) $(DESTDIR)$(DATADIR)/run
	chmod 644 $(DESTDIR)$(DATADIR)/run/settings
	for u in $(UNITS); do \
	    $(PLACES) $$u >$(DESTDIR)$(UNITDIR)/$${u##*/} || exit; done
	$(PLACES) lib/data/systemd/$(DROPIN) >$(DESTDIR)$(UNITDIR)/$(DROPIN)
	for c in $(CRON); do \
	    $(PLACES) $$c >$(DESTDIR)$(DATADIR)/$${c##*/} || exit; done
	install -m 644 completions/_gp $(DESTDIR)$(ZSHDIR)/_gp
	for c in $(CMDS); do \
	    install -m 644 completions/gp.bash $(DESTDIR)$(BASHDIR)/$$c; \
	    install -m 644 completions/gp.fish $(DESTDIR)$(FISHDIR)/$$c.fish; \
	done

# The same lists; folders go when nothing of others is in them.
uninstall:
	rm -f $(CMDS:%=$(DESTDIR)$(BINDIR)/%) \
	    $(DESTDIR)$(ZSHDIR)/_gp \
	    $(addprefix $(DESTDIR)$(MANDIR)/man1/,$(notdir $(MAN1))) \
	    $(addprefix $(DESTDIR)$(MANDIR)/man5/,$(notdir $(MAN5))) \
	    $(addprefix $(DESTDIR)$(MANDIR)/man7/,$(notdir $(MAN7))) \
	    $(addprefix $(DESTDIR)$(DATADIR)/,$(notdir $(DATA))) \
	    $(addprefix $(DESTDIR)$(DATADIR)/run/,$(notdir $(RUN))) \
	    $(addprefix $(DESTDIR)$(UNITDIR)/,$(notdir $(UNITS)) $(DROPIN)) \
	    $(addprefix $(DESTDIR)$(DATADIR)/,$(notdir $(CRON))) \
	    $(CMDS:%=$(DESTDIR)$(BASHDIR)/%) \
	    $(CMDS:%=$(DESTDIR)$(FISHDIR)/%.fish)
	-for d in $(DATADIR)/run $(DATADIR) $(UNITDIR)/gp-.service.d $(UNITDIR) $(BASHDIR) $(ZSHDIR) $(FISHDIR) $(BINDIR) \
	    $(MANDIR)/man1 $(MANDIR)/man5 $(MANDIR)/man7; do \
	    rmdir -p --ignore-fail-on-non-empty $(DESTDIR)$$d; done 2>/dev/null

clean:
	rm -rf build build-*
.PHONY: all deps deps-build deps-bench deps-cluster test-cluster demo test test-build test-run fuzz \
	fuzz-run lint bench bench-country completions install uninstall clean
.SECONDARY:
