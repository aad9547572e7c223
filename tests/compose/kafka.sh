# As the official image: reads the mounted settings, formats an empty log folder.
set -eu
settings=/mnt/shared/config/server.properties
java="java ${KAFKA_HEAP_OPTS:-} -XX:+UseSerialGC -XX:-UsePerfData -Dlog4j2.configurationFile=file:/opt/kafka/log4j2.properties"
[ -e /var/lib/kafka/data/meta.properties ] || \
  $java -cp '/opt/kafka/jars/*' kafka.tools.StorageTool format --cluster-id "$CLUSTER_ID" -c $settings >/dev/null
exec $java -cp '/opt/kafka/jars/*' kafka.Kafka $settings
