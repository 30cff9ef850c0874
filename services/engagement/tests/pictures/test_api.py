"""Pictures of proposals: what is taken, what becomes of it, who sees it."""

from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from chassis.clock import FixedClock
from chassis.testing.client import Client, assert_problem
from engagement.pictures.encoding import encoded
from engagement.pictures.model import THUMB_BYTES_MOST, THUMB_SIDE
from engagement.proposals.model import State
from engagement.tables import picture_file

ALT = {"en": "Ten young trees beside the water"}
GPS, LATITUDE, ORIENTATION = 0x8825, 2, 0x0112


def drawn(kind: str = "JPEG", size: tuple[int, int] = (800, 600), **more: Any) -> bytes:
    """A picture full of colours, as hard to compress as a photograph."""
    image = Image.effect_noise(size, 90).convert("RGBA" if kind == "PNG" else "RGB")
    into = BytesIO()
    image.save(into, kind, **more)
    return into.getvalue()


def from_a_camera() -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # to be turned by a quarter
    exif.get_ifd(GPS)[LATITUDE] = (41.0, 24.0, 12.0)
    return drawn(exif=exif.tobytes())


def sent(content: bytes, alt: dict[str, str] | None = None) -> dict[str, Any]:
    return {"alt": alt or ALT, "content": b64encode(content).decode()}


@pytest.fixture
def its(world: Any) -> str:
    """Ana's proposal, just published."""
    process = world.process()
    world.participant(process, "ben")
    return f"/v1/proposals/{world.proposal(process, world.participant(process, 'ana')).id}"


def test_a_picture_is_shown_in_two_sizes_and_formats(
    citizen: Callable[..., Client], public: Client, its: str, world: Any
) -> None:
    added = citizen("ana").post(f"{its}/pictures", sent(drawn(size=(2000, 1000))))

    assert added.status == 201
    assert public.get(its).body["pictures"] == [added.body]
    assert (added.body["alt"], added.body["width"], added.body["height"]) == (ALT, 1280, 640)
    for name, kind in (("thumb.webp", "WEBP"), ("thumb.jpg", "JPEG"), ("large.webp", "WEBP"), ("large.jpg", "JPEG")):
        served = public.get(f"/v1/pictures/{added.body['id']}/{name}")
        assert (served.status, served.headers["content-type"]) == (200, f"image/{kind.lower()}")
        (file,) = (row.content for row in world.rows(picture_file) if row.name == name)
        assert int(served.headers["content-length"]) == len(file)
        image = Image.open(BytesIO(file))
        assert image.format == kind
        assert "large" in name or (max(image.size) == THUMB_SIDE and len(file) <= THUMB_BYTES_MOST)


def test_nothing_stays_of_what_a_camera_noted() -> None:
    photograph = from_a_camera()
    assert Image.open(BytesIO(photograph)).getexif().get_ifd(GPS)

    made = encoded(photograph)

    assert (made.width, made.height) == (600, 800)
    for content in made.files.values():
        image = Image.open(BytesIO(content))
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(image.info)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_small_stays_small_and_holes_become_white(kind: str) -> None:
    image = Image.new("RGBA", (40, 30), (0, 0, 0, 0)) if kind == "PNG" else Image.new("RGB", (40, 30), "white")
    into = BytesIO()
    image.save(into, kind)

    made = encoded(into.getvalue())

    assert (made.width, made.height) == (40, 30)
    darkest = Image.open(BytesIO(made.files["large.jpg"])).convert("L").getextrema()[0]
    assert int(str(darkest)) > 250


def bomb() -> bytes:
    """A few kilobytes that would be 6 GB of pixels."""
    into = BytesIO()
    Image.new("1", (50_000, 40_000)).save(into, "PNG")
    return into.getvalue()


@pytest.mark.parametrize(
    ("content", "slug"),
    [
        (lambda: b"GIF89a" + b"x" * 40, "not-a-picture"),
        (lambda: drawn()[:4000], "not-a-picture"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not-a-picture"),
        (bomb, "picture-too-large"),
        (lambda: drawn() + b"\0" * 2 * 1024 * 1024, "picture-too-large"),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(
    citizen: Callable[..., Client], its: str, content: Callable[[], bytes], slug: str, world: Any
) -> None:
    body = sent(content())

    reply = citizen("ana").post(f"{its}/pictures", body)

    if len(body["content"]) > 2_796_204:
        assert_problem(reply, 400, "invalid")
    else:
        assert_problem(reply, 400, slug)
    assert world.rows(picture_file) == []


@pytest.mark.parametrize("alt", [{}, {"en": ""}, {"en": "x" * 251}, None])
def test_a_picture_needs_words(citizen: Callable[..., Client], its: str, alt: Any) -> None:
    body = {"content": b64encode(drawn(size=(20, 20))).decode()} | ({"alt": alt} if alt is not None else {})

    assert_problem(citizen("ana").post(f"{its}/pictures", body), 400, "invalid")


def test_a_proposal_shows_three_and_they_can_be_taken_out(citizen: Callable[..., Client], its: str, world: Any) -> None:
    ana, small = citizen("ana"), sent(drawn(size=(20, 20)))
    added = [ana.post(f"{its}/pictures", small).body["id"] for _ in range(3)]

    assert_problem(ana.post(f"{its}/pictures", small), 409, "pictures-full")
    assert_problem(citizen("ben").post(f"{its}/pictures", small), 403, "not-your-text")
    assert_problem(citizen("ben").delete(f"{its}/pictures/{added[1]}"), 403, "not-your-text")
    assert ana.delete(f"{its}/pictures/{added[1]}").status == 204

    assert [each["id"] for each in ana.get(its).body["pictures"]] == [added[0], added[2]]
    assert {str(row.picture_id) for row in world.rows(picture_file)} == {added[0], added[2]}
    described = ana.put(f"{its}/pictures/{added[0]}", {"alt": {"en": "Trees"}}).body
    assert ana.get(its).body["pictures"][0] == described


def test_pictures_change_as_long_as_the_text_can(citizen: Callable[..., Client], its: str, clock: FixedClock) -> None:
    clock.move(minutes=31)

    reply = citizen("ana").post(f"{its}/pictures", sent(drawn(size=(20, 20))))

    assert_problem(reply, 409, "already-submitted")


def test_a_picture_is_seen_where_its_proposal_is(
    citizen: Callable[..., Client], public: Client, moderator: Client, world: Any
) -> None:
    process = world.process()
    draft = world.draft(process, world.participant(process, "ana"))
    added = citizen("ana").post(f"/v1/proposals/{draft.id}/pictures", sent(drawn(size=(20, 20)))).body
    file = f"/v1/pictures/{added['id']}/thumb.jpg"

    assert citizen("ana").get(file).status == 200
    for other in (citizen("ben"), public, moderator):
        assert_problem(other.get(file), 404, "not-found")
    citizen("ana").put(f"/v1/proposals/{draft.id}", {"title": {"en": "Trees along the river"}})
    assert public.get(file).status == 200
    citizen("ana").post(f"/v1/proposals/{draft.id}/withdrawal")
    assert_problem(public.get(file), 404, "not-found")
    assert moderator.get(file).status == 200


def test_a_discarded_draft_leaves_no_picture(citizen: Callable[..., Client], world: Any) -> None:
    process = world.process()
    draft = world.draft(process, world.participant(process, "ana"))
    citizen("ana").post(f"/v1/proposals/{draft.id}/pictures", sent(drawn(size=(20, 20))))

    assert citizen("ana").delete(f"/v1/proposals/{draft.id}").status == 204

    assert world.rows(picture_file) == []
    assert draft.state is State.DRAFT
