"""More rules: secrets, certificates, the network, the data plane, and what Prometheus reads."""

import re
from collections.abc import Iterator

from policy import CLUSTER_WIDE, rule
from rendering import COMPONENT, NAME, PART_OF, Manifests, pod, serving, title

_SECRET = re.compile(r"SECRET|PASSWORD|(SEALING|CONTEXT|LOG|SUBJECT)_KEY(?!S)|DATABASE_URL")


@rule
def no_secret_has_a_value_here(said: Manifests) -> Iterator[str]:
    yield from (title(each) for each in said.of("Secret"))
    for process, container in said.containers():
        for name in said.environment(process, container):
            if _SECRET.search(name) and not name.endswith("_FILE"):
                yield f"{title(process)}, {name}"
        if any("valueFrom" in each for each in container.get("env", ())):
            yield f"{title(process)}, a secret in the environment"


@rule
def every_secret_comes_from_the_vault(said: Manifests) -> Iterator[str]:
    made = {each["spec"]["target"]["name"] for each in said.of("ExternalSecret")}
    made |= {each["spec"]["secretName"] for each in said.of("Certificate")}
    made |= {each["metadata"]["name"] for each in said.of("KafkaUser")} | {"kafka-cluster-ca-cert"}
    for process in said.processes():
        for volume in pod(process).get("volumes", ()):
            sources = [volume, *volume.get("projected", {}).get("sources", ())]
            for secret in (each["secret"] for each in sources if "secret" in each):
                if secret.get("secretName", secret.get("name")) not in made:
                    yield f"{title(process)}, {volume['name']}"


@rule
def no_block_reads_anothers_secrets(said: Manifests) -> Iterator[str]:
    for each in said.of("ExternalSecret"):
        owner = each["metadata"].get("labels", {}).get(NAME)
        if owner is None or each["metadata"]["name"] == "identity-clients":  # it registers all applications
            continue
        if {data["remoteRef"]["key"] for data in each["spec"]["data"]} != {f"baraza/{owner}"}:
            yield title(each)


@rule
def every_file_that_a_setting_names_is_mounted(said: Manifests) -> Iterator[str]:
    for process, container in said.containers():
        mounts = [mount["mountPath"] for mount in container["volumeMounts"]]
        for name, value in said.environment(process, container).items():
            paths = re.findall(r"=(/run/[^&]+)", value) or ([value] if value.startswith("/run/") else [])
            if any(path.rsplit("/", 1)[0] not in mounts for path in paths):
                yield f"{title(process)}, {name}"


@rule
def every_certificate_is_renewed_and_short(said: Manifests) -> Iterator[str]:
    for each in said.of("Certificate"):
        spec = each["spec"]
        if spec.get("isCA"):
            continue
        hours, before = (int(spec[key].removesuffix("h")) for key in ("duration", "renewBefore"))
        if hours > 2160 or before < 720 or spec["privateKey"].get("rotationPolicy") != "Always":
            yield title(each)


@rule
def every_service_has_a_certificate_for_its_name(said: Manifests) -> Iterator[str]:
    names = {name for each in said.of("Certificate") for name in each["spec"].get("dnsNames", ())}
    yield from (title(each) for each in said.of("Service") if each["metadata"]["name"] not in names)


@rule
def every_address_is_encrypted(said: Manifests) -> Iterator[str]:
    for process, container in said.containers():
        for name, value in said.environment(process, container).items():
            if value.startswith("http://") or (value.startswith("kafka://") and "ca=" not in value):
                yield f"{title(process)}, {name}"
            if name == "ALLOW_PLAINTEXT":
                yield f"{title(process)}, {name}"
    for each in said.of("ExternalSecret"):
        address = each["spec"]["target"].get("template", {}).get("data", {}).get("database-url", "sslmode=verify-full")
        if "sslmode=verify-full" not in address:
            yield title(each)


@rule
def nothing_moves_unless_it_is_named(said: Manifests) -> Iterator[str]:
    shut = {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    if not any(each["spec"] == shut for each in said.of("NetworkPolicy")):
        yield "no policy denies by default"
    for each in said.of("NetworkPolicy"):
        for way, side in (("ingress", "from"), ("egress", "to")):
            if any(not {side, "ports"} & set(opening) for opening in each["spec"].get(way, ())):
                yield f"{title(each)} opens everything"


@rule
def only_messaging_reaches_beyond_the_cluster(said: Manifests) -> Iterator[str]:
    for each in said.of("NetworkPolicy"):
        selected = each["spec"]["podSelector"].get("matchLabels", {})
        ours = selected.get(PART_OF) == "baraza" or NAME in selected
        beyond = [
            opening for opening in each["spec"].get("egress", ())
            if "to" not in opening or any("ipBlock" in peer for peer in opening["to"])
        ]  # fmt: skip
        if ours and beyond and (selected.get(NAME), selected.get(COMPONENT)) != ("messaging", "consume"):
            yield title(each)


@rule
def everything_stands_in_the_namespace(said: Manifests) -> Iterator[str]:
    for each in said.documents:
        if each["metadata"].get("namespace") != (None if each["kind"] in CLUSTER_WIDE else "baraza"):
            yield title(each)


@rule
def every_topic_survives_a_broker(said: Manifests) -> Iterator[str]:
    for each in said.of("KafkaTopic"):
        if each["spec"]["replicas"] != 3 or each["spec"]["config"]["min.insync.replicas"] != 2:
            yield title(each)
    for each in said.of("Kafka"):
        config = each["spec"]["kafka"]["config"]
        loose = config["unclean.leader.election.enable"] or config["auto.create.topics.enable"]
        if loose or config["min.insync.replicas"] < 2:
            yield title(each)


@rule
def nobody_writes_to_kafka_without_a_certificate(said: Manifests) -> Iterator[str]:
    for each in said.of("Kafka"):
        for listener in each["spec"]["kafka"]["listeners"]:
            if not listener["tls"] or listener.get("authentication") != {"type": "tls"}:
                yield f"{title(each)}, {listener['name']}"
        if each["spec"]["kafka"].get("authorization") != {"type": "simple"}:
            yield title(each)


@rule
def an_acknowledged_commit_is_on_two_servers(said: Manifests) -> Iterator[str]:
    for each in said.of("Cluster"):
        synchronous = each["spec"]["postgresql"].get("synchronous", {})
        waits = synchronous.get("number", 0) >= 1 and synchronous["dataDurability"] == "required"
        if each["spec"]["instances"] < 3 or not waits:
            yield title(each)


@rule
def the_database_is_archived_and_backed_up(said: Manifests) -> Iterator[str]:
    archives = {each["metadata"]["name"] for each in said.of("ObjectStore")}
    backed_up = {each["spec"]["cluster"]["name"] for each in said.of("ScheduledBackup")}
    for each in said.of("Cluster"):
        archiving = [
            plugin["parameters"]["barmanObjectName"] for plugin in each["spec"].get("plugins", ())
            if plugin.get("isWALArchiver")
        ]  # fmt: skip
        if not set(archiving) & archives or each["metadata"]["name"] not in backed_up:
            yield title(each)


@rule
def every_database_has_a_role_of_its_own(said: Manifests) -> Iterator[str]:
    roles = {role["name"]: role for each in said.of("Cluster") for role in each["spec"]["managed"]["roles"]}
    made = {each["spec"]["target"]["name"] for each in said.of("ExternalSecret")}
    for each in said.of("Database"):
        role = roles.get(each["spec"]["owner"], {})
        if each["spec"]["owner"] != each["spec"]["name"] or role.get("passwordSecret", {}).get("name") not in made:
            yield title(each)
        if role.get("superuser") or role.get("createdb") or each["spec"]["databaseReclaimPolicy"] != "retain":
            yield title(each)
    yield from set(roles) ^ {each["spec"]["owner"] for each in said.of("Database")}


@rule
def a_pool_keeps_sessions(said: Manifests) -> Iterator[str]:
    """Leadership is a lock of the session: pooled by transaction, two relays would both lead."""
    for each in said.of("Pooler"):
        if each["spec"]["pgbouncer"]["poolMode"] != "session" or each["spec"]["instances"] < 2:
            yield title(each)


@rule
def prometheus_reads_every_process(said: Manifests) -> Iterator[str]:
    monitors = {each["spec"]["selector"]["matchLabels"][NAME]: each for each in said.of("PodMonitor")}
    for each in said.of("Deployment"):
        monitor = monitors.get(each["metadata"]["labels"][NAME])
        ports = {port["name"] for port in serving(each)["ports"]}
        asked = monitor["spec"]["podMetricsEndpoints"] if monitor else []
        labelled = {relabelled.get("targetLabel") for point in asked for relabelled in point["relabelings"]}
        found = any(point["port"] in ports and point["scheme"] == "https" for point in asked)
        if not found or not labelled >= {"service", "role"}:
            yield title(each)
