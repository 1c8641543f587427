#!/bin/sh
# Lock the dependencies by hash. The lock file of uv itself holds download addresses, so it is not kept.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "make requirements needs uv: pip install uv"; exit 1; }

lock() { # lock FILE ARGUMENTS...
    out=requirements/$1.txt; shift
    uv pip compile pyproject.toml "$@" --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate --output-file "$out"
    printf '%s\n%s\n' '# Made by "make requirements" from pyproject.toml: versions and hashes, no addresses.' \
        "$(cat "$out")" > "$out.new"
    mv "$out.new" "$out"
}

lock runtime
lock dev --group dev --constraint requirements/runtime.txt
lock spark --extra spark --constraint requirements/runtime.txt
lock fuzz --group fuzz --constraint requirements/dev.txt
