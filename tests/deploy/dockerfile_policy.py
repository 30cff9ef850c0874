"""What an image of ours must be, as rules over its Dockerfile; each names what it found."""

import re
from collections.abc import Callable, Iterator

from dockerfile import Instruction

Instructions = tuple[Instruction, ...]
_DIGEST = re.compile(r"^PYTHON=[a-z0-9./-]+:[a-z0-9.-]+@sha256:[0-9a-f]{64}$")
_LABELS = ("title", "description", "licenses", "version", "revision")


def words(found: Instructions, name: str, stage: int | None = None) -> list[str]:
    """What stands behind each instruction of this name."""
    return [each.words for each in found if each.name == name and stage in (None, each.stage)]


def bases_are_pinned(found: Instructions) -> Iterator[str]:
    """Every stage begins with the one base image, and that is named by its digest."""
    if [line for line in words(found, "ARG", 0) if not _DIGEST.match(line)] or len(words(found, "ARG", 0)) != 1:
        yield "the base image has no digest"
    yield from (f"FROM {line}" for line in words(found, "FROM") if line.split()[0] != "${PYTHON}")


def hashes_are_asked_for(found: Instructions) -> Iterator[str]:
    """What comes from an index is a wheel whose hash is known; our own code comes from nowhere else."""
    for command in (part for line in words(found, "RUN") for part in re.split(r";|&&", line) if " install " in part):
        from_index = "--require-hashes" in command and ("--no-build" in command or "--only-binary :all:" in command)
        ours = "--no-deps" in command and "--no-index" in command
        if "pip install" in command and not (from_index or ours):
            yield command.strip()


def runs_as_nobody(found: Instructions) -> Iterator[str]:
    """The last stage ends under a numeric user that is not root, and nothing after it changes that."""
    if words(found, "USER", 2) != ["10001:10001"]:
        yield f"USER {words(found, 'USER', 2)}"


def holds_what_runs_alone(found: Instructions) -> Iterator[str]:
    """The last stage takes the environment of the first and nothing of the repository or the network."""
    yield from (line for line in words(found, "COPY", 2) if line != "--from=build /opt/baraza /opt/baraza")
    yield from (line for line in words(found, "RUN", 2) if re.search(r"apt|curl|wget|pip install", line))
    if not any("pip uninstall" in line for line in words(found, "RUN", 2)):
        yield "an installer is left in the image"
    yield from words(found, "ADD")


def copies_one_distribution(found: Instructions) -> Iterator[str]:
    """Beside contracts and chassis, the sources of one distribution alone."""
    folders = [line.split()[0] for line in words(found, "COPY", 1) if not line.startswith("deploy/images/")]
    if len(folders) != 3 or folders[:2] != ["contracts", "chassis"]:
        yield f"COPY {folders}"


def is_compiled_and_listed(found: Instructions) -> Iterator[str]:
    """Byte code is in the image, because it cannot be written there; what it holds is listed in CycloneDX."""
    text = " ".join(words(found, "RUN", 1))
    yield from (each for each in ("-m compileall", "cyclonedx-py environment", "sbom.cdx.json") if each not in text)


def says_what_it_is(found: Instructions) -> Iterator[str]:
    """Labels of the Open Container Initiative."""
    text = " ".join(words(found, "LABEL", 2))
    yield from (each for each in _LABELS if f"org.opencontainers.image.{each}=" not in text)


def stops_and_tells_its_health(found: Instructions) -> Iterator[str]:
    """SIGTERM reaches the process itself, and its health is asked without a shell or a further program."""
    if words(found, "STOPSIGNAL", 2) != ["SIGTERM"]:
        yield "STOPSIGNAL"
    if not all(line.startswith("[") for line in [*words(found, "ENTRYPOINT", 2), *words(found, "CMD", 2)]):
        yield "ENTRYPOINT or CMD starts a shell"
    if not any('CMD ["python", "/opt/baraza/healthcheck.py"]' in line for line in words(found, "HEALTHCHECK", 2)):
        yield "HEALTHCHECK"


def keeps_no_secret(found: Instructions) -> Iterator[str]:
    """No secret is told to the build or stands in the image."""
    for name in ("ARG", "ENV", "COPY"):
        yield from (line for line in words(found, name) if re.search(r"(?i)secret|password|token|\.env|_key", line))


RULES: tuple[Callable[[Instructions], Iterator[str]], ...] = (
    bases_are_pinned,
    hashes_are_asked_for,
    runs_as_nobody,
    holds_what_runs_alone,
    copies_one_distribution,
    is_compiled_and_listed,
    says_what_it_is,
    stops_and_tells_its_health,
    keeps_no_secret,
)
