#!/usr/bin/env bash
# Tells Spark which GPUs this machine has, as spark.{worker,executor}.resource.gpu.discoveryScript. docs/gpu.md has the
# settings around it. The addresses are nvidia-smi's indices; where CUDA_VISIBLE_DEVICES is set, those that it names.
set -euo pipefail

fail() {
  echo "gpus.sh: $1" >&2
  exit 1
}

command -v nvidia-smi >/dev/null || fail "there is no nvidia-smi on the PATH; install the NVIDIA driver, or ask for no GPUs"
which=()
if [ "${CUDA_VISIBLE_DEVICES+set}" ]; then
  which=(-i "$CUDA_VISIBLE_DEVICES")
fi
indices="$(nvidia-smi --query-gpu=index --format=csv,noheader "${which[@]}")" || fail "nvidia-smi failed: $indices"

addresses=""
while read -r index; do
  [[ "$index" =~ ^[0-9]+$ ]] || fail "nvidia-smi says '$index' in place of an index"
  addresses+="${addresses:+, }\"$index\""
done <<<"$indices"
echo "{\"name\": \"gpu\", \"addresses\": [$addresses]}"
