"""One violation a rule, planted in good manifests: a rule that has not been seen to fail proves nothing."""

from collections.abc import Callable

from rendering import Document, Manifests, all_containers, pod, serving

Plant = Callable[[Manifests], object]


def _serve(said: Manifests) -> Document:
    return said.one("Deployment", "consent-serve")


def _box(said: Manifests) -> Document:
    return serving(_serve(said))


def _waiting(said: Manifests) -> Document:
    return all_containers(_serve(said))[0]


def _job(said: Manifests) -> Document:
    return next(each for each in said.of("Job") if each["metadata"]["name"].startswith("consent-"))


def _secrets(said: Manifests) -> Document:
    found: Document = said.one("ExternalSecret", "consent-secrets")["spec"]
    return found


def _told(said: Manifests, name: str, value: str) -> None:
    _box(said)["env"].append({"name": name, "value": value})


def _remove(said: Manifests, kind: str, name: str) -> None:
    said.documents.remove(said.one(kind, name))


def _spec(said: Manifests, kind: str, name: str) -> Document:
    found: Document = said.one(kind, name)["spec"]
    return found


PLANTED: dict[str, Plant] = {
    "no_pod_runs_as_root": lambda said: pod(_job(said))["securityContext"].update(runAsNonRoot=False),
    "every_pod_has_a_numeric_user": lambda said: pod(_serve(said))["securityContext"].pop("runAsUser"),
    "every_pod_has_the_default_seccomp_profile": lambda said: pod(_serve(said))["securityContext"].update(
        seccompProfile={"type": "Unconfined"}
    ),
    "no_container_gains_privileges": lambda said: _waiting(said)["securityContext"].pop("allowPrivilegeEscalation"),
    "every_container_drops_all_capabilities": lambda said: _box(said)["securityContext"]["capabilities"].update(
        add=["NET_ADMIN"]
    ),
    "every_root_file_system_is_read_only": lambda said: _box(said)["securityContext"].update(
        readOnlyRootFilesystem=False
    ),
    "no_pod_shares_its_host": lambda said: pod(_serve(said))["volumes"].append(
        {"name": "x", "hostPath": {"path": "/"}}
    ),
    "no_pod_knows_the_clusters_api": lambda said: pod(_job(said)).pop("automountServiceAccountToken"),
    "no_pod_is_told_of_all_services": lambda said: pod(_serve(said)).pop("enableServiceLinks"),
    "every_scratch_folder_is_bounded": lambda said: pod(_serve(said))["volumes"].append({"name": "x", "emptyDir": {}}),
    "only_tmp_is_writable": lambda said: _box(said)["volumeMounts"].append({"name": "tls", "mountPath": "/run/x"}),
    "every_process_has_an_account_of_its_block": lambda said: pod(_serve(said)).update(serviceAccountName="registry"),
    "the_namespace_enforces_restricted_pods": lambda said: said.one("Namespace", "baraza")["metadata"]["labels"].update(
        {"pod-security.kubernetes.io/enforce": "baseline"}
    ),
    "every_container_says_what_it_needs": lambda said: _box(said)["resources"].pop("limits"),
    "no_image_is_latest": lambda said: _box(said).update(image="baraza/consent:latest"),
    "every_image_is_its_blocks_by_digest": lambda said: _waiting(said).update(
        image=_waiting(said)["image"].replace("consent", "registry")
    ),
    "every_process_has_its_labels": lambda said: _job(said)["metadata"]["labels"].update({"team": "a"}),
    "every_selector_is_exact": lambda said: _serve(said)["spec"]["selector"]["matchLabels"].popitem(),
    "every_deployment_has_two_replicas": lambda said: _spec(said, "Deployment", "engagement-relay").update(replicas=1),
    "every_scaler_scales_something_that_serves": lambda said: _spec(said, "HorizontalPodAutoscaler", "consent-serve")[
        "scaleTargetRef"
    ].update(name="engagement-relay"),
    "a_rollout_takes_nothing_away": lambda said: _serve(said)["spec"]["strategy"]["rollingUpdate"].update(
        maxUnavailable=1
    ),
    "every_deployment_has_a_budget_of_one": lambda said: _remove(said, "PodDisruptionBudget", "engagement-consume"),
    "replicas_lie_apart": lambda said: pod(_serve(said))["topologySpreadConstraints"].pop(),
    "every_pod_may_end_in_peace": lambda said: pod(_serve(said)).update(terminationGracePeriodSeconds=30),
    "every_process_that_stays_is_probed": lambda said: serving(said.one("Deployment", "engagement-relay")).pop(
        "readinessProbe"
    ),
    "the_doors_go_first": lambda said: pod(said.one("Deployment", "gateway-serve")).pop("priorityClassName"),
    "every_migration_has_a_name_of_its_release": lambda said: _job(said)["metadata"].update(name="consent-migrate"),
    "who_has_a_migration_waits_for_it": lambda said: pod(_serve(said)).pop("initContainers"),
    "only_jobs_migrate": lambda said: _waiting(said).update(args=["migrate"]),
    "every_job_ends": lambda said: _job(said)["spec"].pop("activeDeadlineSeconds"),
    "no_secret_has_a_value_here": lambda said: _told(said, "SEALING_KEY", "00"),
    "every_secret_comes_from_the_vault": lambda said: _secrets(said)["target"].update(name="other"),
    "no_block_reads_anothers_secrets": lambda said: _secrets(said)["data"][0]["remoteRef"].update(
        key="baraza/registry"
    ),
    "every_file_that_a_setting_names_is_mounted": lambda said: _told(said, "SEED_FILE", "/run/seed/seed.yaml"),
    "every_certificate_is_renewed_and_short": lambda said: _spec(said, "Certificate", "consent").update(
        duration="87600h"
    ),
    "every_service_has_a_certificate_for_its_name": lambda said: _spec(said, "Certificate", "consent")["dnsNames"].pop(
        0
    ),
    "every_address_is_encrypted": lambda said: _told(said, "GATEWAY_URL", "http://gateway:8080"),
    "nothing_moves_unless_it_is_named": lambda said: _remove(said, "NetworkPolicy", "default-deny"),
    "only_messaging_reaches_beyond_the_cluster": lambda said: _spec(said, "NetworkPolicy", "consent-serve")[
        "egress"
    ].append({"ports": [{"port": 443}]}),
    "everything_stands_in_the_namespace": lambda said: _serve(said)["metadata"].update(namespace="default"),
    "every_topic_survives_a_broker": lambda said: _spec(said, "KafkaTopic", "engagement-proposals").update(replicas=1),
    "nobody_writes_to_kafka_without_a_certificate": lambda said: _spec(said, "Kafka", "kafka")["kafka"]["listeners"][
        0
    ].pop("authentication"),
    "an_acknowledged_commit_is_on_two_servers": lambda said: _spec(said, "Cluster", "postgres")["postgresql"].pop(
        "synchronous"
    ),
    "the_database_is_archived_and_backed_up": lambda said: _remove(said, "ScheduledBackup", "postgres-nightly"),
    "every_database_has_a_role_of_its_own": lambda said: _spec(said, "Database", "consent").update(owner="registry"),
    "a_pool_keeps_sessions": lambda said: _spec(said, "Pooler", "postgres-pooler-rw")["pgbouncer"].update(
        poolMode="transaction"
    ),
    "prometheus_reads_every_process": lambda said: _remove(said, "PodMonitor", "workflow"),
}
