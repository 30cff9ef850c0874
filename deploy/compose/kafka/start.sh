#!/bin/sh
# Format the folder of the log on the first start, then be the broker.
set -eu
/opt/kafka/bin/kafka-storage.sh format --ignore-formatted -t "$CLUSTER_ID" -c /etc/baraza/server.properties
exec /opt/kafka/bin/kafka-server-start.sh /etc/baraza/server.properties
