#!/bin/sh
# PostgreSQL serves only with a key that is its own and nobody else's; the folder of secrets belongs to the host's owner.
set -eu
install -d -o postgres -g postgres -m 0700 /run/own
install -o postgres -g postgres -m 0600 /run/tls/tls.key /run/own/tls.key
exec docker-entrypoint.sh postgres -c config_file=/etc/baraza/postgresql.conf -c hba_file=/etc/baraza/pg_hba.conf
