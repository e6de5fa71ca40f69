# Mỗi đích một dòng giải thích sau hai dấu thăng; `make help` in ra.
PY := .venv/bin/python

.PHONY: help demo test test-all e2e lint bench lock ready ready-dev ready-bench

help: ## in các lệnh
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

ready:
	@python3 bootstrap.py

ready-dev:
	@python3 bootstrap.py --dev

demo: ready ## dựng Sở mẫu, lập báo cáo năm 2024 (Word, PDF, HTML) rồi mở máy chủ; CANCU_DEMO="--no-serve" để dừng sau khi lập
	@.venv/bin/cancu demo --to bao-cao $(CANCU_DEMO)

test: ready-dev ## kiểm thử nhanh, không cần trình duyệt
	@$(PY) -m pytest -m "not e2e and not slow" -n 2 --dist loadfile

test-all: ready-dev ## mọi kiểm thử, cả trình duyệt và phần chậm
	@$(PY) -m pytest -n 2 --dist loadfile

e2e: ready-dev ## kiểm thử trong trình duyệt thật
	@$(PY) -m pytest -m e2e

lint: ready-dev ## ruff, mypy, hướng nhập khẩu giữa các thư mục
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy && .venv/bin/lint-imports

ready-bench:
	@python3 bootstrap.py --bench

bench: ready-bench ## đo tốc độ: mỗi tuyên bố là một lệnh trong bench/
	@for b in indicators report reading search documents sheets web; do echo "== bench/$$b"; $(PY) -m bench.$$b || exit 1; done

lock: ## khóa lại thư viện (cần uv)
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml --group dev -o requirements-dev.lock
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml --group dev --extra bench -o requirements-bench.lock
