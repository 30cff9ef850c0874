"""The rules that every manifest keeps. A rule names what breaks it; `planted.py` breaks each once."""

import re
from collections.abc import Callable, Iterator

from rendering import COMPONENT, NAME, PART_OF, Document, Manifests, all_containers, pod, pod_labels, serving, title

Rule = Callable[[Manifests], Iterator[str]]
RULES: dict[str, Rule] = {}
CLUSTER_WIDE = {"Namespace", "PriorityClass"}
_QUANTITY = re.compile(r"\d+(m|Mi|Gi)?")


def rule(check: Rule) -> Rule:
    """Register a rule under its function's name."""
    RULES[check.__name__] = check
    return check


def _pods_where(wrong: Callable[[Document], bool]) -> Rule:
    return lambda said: (title(each) for each in said.processes() if wrong(each))


def _containers_where(wrong: Callable[[Document], bool]) -> Rule:
    return lambda said: (f"{title(each)}, {inner['name']}" for each, inner in said.containers() if wrong(inner))


def _named(name: str, check: Rule) -> None:
    RULES[name] = check


# --- what a pod may do to its host
_named("no_pod_runs_as_root", _pods_where(lambda each: pod(each)["securityContext"].get("runAsNonRoot") is not True))
_named(
    "every_pod_has_a_numeric_user",
    _pods_where(lambda each: {pod(each)["securityContext"].get(key) for key in ("runAsUser", "runAsGroup")} != {10001}),
)
_named(
    "every_pod_has_the_default_seccomp_profile",
    _pods_where(lambda each: pod(each)["securityContext"].get("seccompProfile") != {"type": "RuntimeDefault"}),
)
_named(
    "no_container_gains_privileges",
    _containers_where(
        lambda each: (
            each["securityContext"].get("allowPrivilegeEscalation") is not False
            or each["securityContext"].get("privileged", False)
        )
    ),
)
_named(
    "every_container_drops_all_capabilities",
    _containers_where(lambda each: each["securityContext"].get("capabilities") != {"drop": ["ALL"]}),
)
_named(
    "every_root_file_system_is_read_only",
    _containers_where(lambda each: each["securityContext"].get("readOnlyRootFilesystem") is not True),
)
_named(
    "no_pod_shares_its_host",
    _pods_where(
        lambda each: (
            any(pod(each).get(key) for key in ("hostNetwork", "hostPID", "hostIPC"))
            or any("hostPath" in volume for volume in pod(each).get("volumes", ()))
            or any("hostPort" in port for inner in all_containers(each) for port in inner.get("ports", ()))
        )
    ),
)
_named(
    "no_pod_knows_the_clusters_api",
    _pods_where(lambda each: pod(each).get("automountServiceAccountToken") is not False),
)
_named("no_pod_is_told_of_all_services", _pods_where(lambda each: pod(each).get("enableServiceLinks") is not False))


@rule
def every_scratch_folder_is_bounded(said: Manifests) -> Iterator[str]:
    for process in said.processes():
        for volume in pod(process).get("volumes", ()):
            if "emptyDir" in volume and "sizeLimit" not in volume["emptyDir"]:
                yield f"{title(process)}, {volume['name']}"


@rule
def only_tmp_is_writable(said: Manifests) -> Iterator[str]:
    for process, container in said.containers():
        for mount in container.get("volumeMounts", ()):
            if mount["mountPath"] != "/tmp" and not mount.get("readOnly"):
                yield f"{title(process)}, {mount['mountPath']}"


@rule
def every_process_has_an_account_of_its_block(said: Manifests) -> Iterator[str]:
    accounts = {each["metadata"]["name"] for each in said.of("ServiceAccount")}
    for process in said.processes():
        account = pod(process).get("serviceAccountName")
        if account != pod_labels(process)[NAME] or account not in accounts:
            yield title(process)


@rule
def the_namespace_enforces_restricted_pods(said: Manifests) -> Iterator[str]:
    for namespace in said.of("Namespace"):
        if namespace["metadata"]["labels"].get("pod-security.kubernetes.io/enforce") != "restricted":
            yield title(namespace)


# --- what runs
_named(
    "every_container_says_what_it_needs",
    _containers_where(
        lambda each: (
            not set(each["resources"].get("requests", {})) >= {"cpu", "memory"}
            or "memory" not in each["resources"].get("limits", {})
            or not all(_QUANTITY.fullmatch(str(size)) for part in each["resources"].values() for size in part.values())
        )
    ),
)
_named(
    "no_image_is_latest",
    _containers_where(lambda each: re.search(r"[:@]", each["image"]) is None or each["image"].endswith(":latest")),
)


@rule
def every_image_is_its_blocks_by_digest(said: Manifests) -> Iterator[str]:
    for process, container in said.containers():
        if not re.fullmatch(rf"(\S+/)?baraza/{pod_labels(process)[NAME]}@sha256:[0-9a-f]{{64}}", container["image"]):
            yield f"{title(process)}, {container['image']}"


@rule
def every_process_has_its_labels(said: Manifests) -> Iterator[str]:
    for process in said.processes():
        labels = process["metadata"]["labels"]
        if labels != {key: labels.get(key) for key in (NAME, COMPONENT, PART_OF)} or labels != pod_labels(process):
            yield title(process)


@rule
def every_selector_is_exact(said: Manifests) -> Iterator[str]:
    for each in said.of("Deployment", "PodDisruptionBudget"):
        wanted = {key: each["metadata"]["labels"][key] for key in (NAME, COMPONENT)}
        if each["spec"]["selector"] != {"matchLabels": wanted}:
            yield title(each)


# --- what happens when something ends
@rule
def every_deployment_has_two_replicas(said: Manifests) -> Iterator[str]:
    scaled = {each["spec"]["scaleTargetRef"]["name"]: each for each in said.of("HorizontalPodAutoscaler")}
    for each in said.of("Deployment"):
        scaler = scaled.get(each["metadata"]["name"])
        least = scaler["spec"]["minReplicas"] if scaler else each["spec"].get("replicas", 1)
        if least < 2 or (scaler and "replicas" in each["spec"]):
            yield title(each)


@rule
def every_scaler_scales_something_that_serves(said: Manifests) -> Iterator[str]:
    deployed = {each["metadata"]["name"]: each["metadata"]["labels"][COMPONENT] for each in said.of("Deployment")}
    served = {name for name, component in deployed.items() if component == "serve"}
    scaled = [each["spec"]["scaleTargetRef"]["name"] for each in said.of("HorizontalPodAutoscaler")]
    yield from set(scaled) ^ served
    yield from (title(each) for each in said.of("HorizontalPodAutoscaler") if each["spec"]["maxReplicas"] < 4)


@rule
def a_rollout_takes_nothing_away(said: Manifests) -> Iterator[str]:
    for each in said.of("Deployment"):
        if each["spec"]["strategy"].get("rollingUpdate", {}).get("maxUnavailable") != 0:
            yield title(each)


@rule
def every_deployment_has_a_budget_of_one(said: Manifests) -> Iterator[str]:
    budgets = {each["metadata"]["name"]: each["spec"] for each in said.of("PodDisruptionBudget")}
    for each in said.of("Deployment"):
        if budgets.get(each["metadata"]["name"], {}).get("maxUnavailable") != 1:
            yield title(each)


@rule
def replicas_lie_apart(said: Manifests) -> Iterator[str]:
    for each in said.of("Deployment"):
        found = {spread["topologyKey"]: spread for spread in pod(each).get("topologySpreadConstraints", ())}
        apart = set(found) == {"topology.kubernetes.io/zone", "kubernetes.io/hostname"}
        if not apart or any("pod-template-hash" not in spread["matchLabelKeys"] for spread in found.values()):
            yield title(each)


@rule
def every_pod_may_end_in_peace(said: Manifests) -> Iterator[str]:
    """Drain, then 20 seconds for what is in flight, then ten to close."""
    for each in said.of("Deployment"):
        drain = float(said.environment(each, serving(each)).get("DRAIN_SECONDS", 0))
        if drain < 5 or pod(each).get("terminationGracePeriodSeconds", 30) < drain + 30:
            yield title(each)


@rule
def every_process_that_stays_is_probed(said: Manifests) -> Iterator[str]:
    wanted = {"startupProbe": "/live", "livenessProbe": "/live", "readinessProbe": "/ready"}
    for each in said.of("Deployment"):
        for kind, path in wanted.items():
            asked = serving(each).get(kind, {}).get("httpGet")
            if asked != {"path": path, "port": "http", "scheme": "HTTPS"}:
                yield f"{title(each)}, {kind}"


@rule
def the_doors_go_first(said: Manifests) -> Iterator[str]:
    for name in ("gateway-serve", "identity-serve"):
        if pod(said.one("Deployment", name)).get("priorityClassName") != "baraza-door":
            yield name


# --- migrations
@rule
def every_migration_has_a_name_of_its_release(said: Manifests) -> Iterator[str]:
    for job in said.of("Job"):
        if not re.fullmatch(rf"{job['metadata']['labels'][NAME]}-migrate-[0-9a-f]{{10}}", job["metadata"]["name"]):
            yield title(job)


@rule
def who_has_a_migration_waits_for_it(said: Manifests) -> Iterator[str]:
    migrated = {each["metadata"]["labels"][NAME] for each in said.of("Job")}
    for each in said.of("Deployment"):
        waits = [(inner["name"], inner["args"]) for inner in pod(each).get("initContainers", ())]
        if waits != ([("wait", ["check", "--wait", "300"])] if each["metadata"]["labels"][NAME] in migrated else []):
            yield title(each)


@rule
def only_jobs_migrate(said: Manifests) -> Iterator[str]:
    for process, container in said.containers():
        if ("migrate" in container["args"]) != (process["kind"] == "Job"):
            yield title(process)


@rule
def every_job_ends(said: Manifests) -> Iterator[str]:
    for job in said.of("Job"):
        if not {"backoffLimit", "activeDeadlineSeconds", "ttlSecondsAfterFinished"} <= set(job["spec"]):
            yield title(job)
