#!/bin/sh
# Makes the secrets that docker-compose.yml reads, once: what is there already stays. The folder is its owner's alone; the files
# are readable, since the containers see them under users of their own.
set -eu
folder=${1:-$(dirname "$0")/secrets}
mkdir -p "$folder"
chmod 700 "$folder"
cd "$folder"
umask 022

make() {
  name=$1
  shift
  [ -s "$name" ] || "$@" >"$name"
}

make postgres_password openssl rand -hex 24
make api_password openssl rand -hex 24
make worker_password openssl rand -hex 24
make encryption_key openssl rand -base64 32
make jwt_secret openssl rand -hex 32
make deployer_url echo "postgresql://postgres:$(cat postgres_password)@postgres:5432/hera"
make api_url echo "postgresql://hera_api:$(cat api_password)@postgres:5432/hera"
make api_url_pooled echo "postgresql://hera_api:$(cat api_password)@pgbouncer:6432/hera"
make worker_url echo "postgresql://hera_worker:$(cat worker_password)@postgres:5432/hera"
make pgbouncer_users echo "\"hera_api\" \"$(cat api_password)\""
echo "The secrets are in $(pwd). Keep a copy of encryption_key apart from the backups."
