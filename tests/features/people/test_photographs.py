"""Photographs beside animals: consent first, shown while it lasts, gone with it."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from kiosk.core import clock, outbox
from kiosk.core.audit import AuditEntry
from kiosk.core.clock import today
from kiosk.core.database import db
from kiosk.features.people import photographs, queries, services
from kiosk.features.people.models import Photograph, Pupil, SchoolClass, Staff
from kiosk.features.people.pictures import square_of
from kiosk.features.people.rules import consent_day_problem, end_of_school_year
from kiosk.features.people.types import Consent, ConsentBy
from tests.checked_client import CheckedClient
from tests.features.conftest import SignInAs
from tests.features.people.pictures import bomb, moving, picture


def address_of(person: Pupil | Staff) -> str:
    if isinstance(person, Pupil):
        return f"/staff/classes/{person.class_id}/pupils/{person.id}/photograph"
    return f"/staff/photographs/{person.id}"


def add(client: CheckedClient, person: Pupil | Staff, sent: bytes | None = None, **other: Any) -> TestResponse:
    """Fill the form in as it should be, but for what is said, and send it with a picture."""
    fields = {
        "given_by": "Amina's mother", "given_as": "parent", "given_on": today().isoformat(),
        "until": end_of_school_year(today()).isoformat(), "agreed": "yes", "crop": "middle",
    } | other  # fmt: skip
    if sent is not None:
        fields["picture"] = (io.BytesIO(sent), "face.jpg")
    return client.send(address_of(person), **fields)


def kept(person: Pupil | Staff, *, until: date | None = None) -> Photograph:
    """A photograph that is there already."""
    consent = Consent("Amina's mother", ConsentBy.PARENT, today(), until or end_of_school_year(today()))
    by = services.add_staff("Olu Office", f"{person.id}@oak.example", [])
    return photographs.keep(person, consent, square_of(picture()), by=by)


def pictures_on(html: str) -> list[str]:
    return re.findall(r'<img class="photograph[^"]*" src="(/photograph/[^"]+)"', html)


def everything_kept() -> list[Photograph]:
    return list(db.session.scalars(select(Photograph)))


def done_in_the_school() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).where(AuditEntry.chain == photographs.CHAIN)))


def test_a_teacher_adds_a_photograph_and_children_see_it_beside_the_animal(
    sign_in: SignInAs, client: CheckedClient, teacher: Staff, amina: Pupil, ben: Pupil
) -> None:
    answer = add(sign_in(teacher), amina, picture())
    assert answer.status_code == 303 and answer.location == address_of(amina)
    html = client.get(f"/class/{amina.class_id}").get_data(as_text=True)
    [address] = pictures_on(html)
    assert "#face-fox" in html and "#face-cat" in html
    shown = client.get(address)
    assert shown.mimetype == "image/webp" and len(shown.data) < 20_000
    assert shown.headers["Cache-Control"] == "private, no-cache" and "Set-Cookie" not in shown.headers
    assert client.get(address, headers={"If-None-Match": shown.headers["ETag"]}).status_code == 304
    assert pictures_on(sign_in(amina).get("/home").get_data(as_text=True)) == [address]
    found = queries.find_photograph_of(amina)
    assert found and found.added_by == teacher.id
    assert found.consent == Consent("Amina's mother", ConsentBy.PARENT, today(), end_of_school_year(today()))
    assert done_in_the_school() == ["photograph-kept"]


NO_CONSENT = [
    ("agreed", "", "Without their yes there is no photograph."),
    ("given_by", " \0 ", "Write who said yes."),
    ("given_by", "x" * 121, "120 letters or fewer"),
    ("given_as", "neighbour", "Choose one from the list."),
    ("given_on", "yesterday", "Write a day, such as"),
    ("given_on", "2999-01-01", "This day has not come yet."),
    ("given_on", "2001-01-01", "Ask them again"),
    ("until", "2001-01-01", "This day has passed."),
    ("until", "2999-01-01", "Consent is asked for anew each year."),
]
NO_PICTURE = [
    (None, "Choose a picture."),
    (b"Dear teacher, this is a text.", "no JPEG, PNG or WebP"),
    (bomb(), "too many dots"),
    (picture()[:-800], "damaged"),
    (moving("WEBP"), "This picture moves."),
    (bytes(10 * 1024 * 1024 + 1), "larger than 10 MB"),
]


def test_without_whole_consent_no_picture_is_kept(sign_in: SignInAs, teacher: Staff, amina: Pupil) -> None:
    by_teacher = sign_in(teacher)
    for field, written, sentence in NO_CONSENT:
        answer = add(by_teacher, amina, picture(), **{field: written})
        html = answer.get_data(as_text=True)
        assert answer.status_code == 422 and sentence in html, sentence
        assert "Choose the picture again" in html
    assert everything_kept() == []


def test_what_is_no_picture_is_answered_beside_its_field_and_nothing_is_kept(
    sign_in: SignInAs, teacher: Staff, amina: Pupil
) -> None:
    by_teacher = sign_in(teacher)
    for sent, sentence in NO_PICTURE:
        answer = add(by_teacher, amina, sent)
        html = answer.get_data(as_text=True)
        assert answer.status_code == 422 and sentence in html, sentence
        # What was written of the consent is still there.
        assert 'value="Amina&#39;s mother"' in html
    assert everything_kept() == []


def test_what_is_far_too_large_is_refused_before_it_is_read(
    sign_in: SignInAs, teacher: Staff, amina: Pupil
) -> None:
    assert add(sign_in(teacher), amina, bytes(25 * 1024 * 1024)).status_code == 413
    assert everything_kept() == []


def test_withdrawn_it_is_gone_at_once(sign_in: SignInAs, client: CheckedClient, teacher: Staff, amina: Pupil) -> None:
    kept(amina)
    [address] = pictures_on(client.get(f"/class/{amina.class_id}").get_data(as_text=True))
    etag = client.get(address).headers["ETag"]
    assert sign_in(teacher).send(f"{address_of(amina)}/remove").status_code == 303
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 404
    assert pictures_on(client.get(f"/class/{amina.class_id}").get_data(as_text=True)) == []
    assert everything_kept() == [] and done_in_the_school()[-1] == "photograph-removed"


def test_when_consent_ends_no_page_shows_it_and_the_worker_removes_it(client: CheckedClient, amina: Pupil) -> None:
    last = today() + timedelta(days=3)
    photograph = kept(amina, until=last)
    page, address = f"/class/{amina.class_id}", f"/photograph/{photograph.id}"
    with clock.later(days=3):
        assert pictures_on(client.get(page).get_data(as_text=True)) == [address]
        outbox.deliver_due()
        assert len(everything_kept()) == 1
    with clock.later(days=4):
        assert pictures_on(client.get(page).get_data(as_text=True)) == []
        assert client.get(address).status_code == 404
        outbox.deliver_due()
    assert everything_kept() == []


def test_consent_can_be_renewed_without_the_picture_and_the_old_end_removes_nothing(
    sign_in: SignInAs, teacher: Staff, amina: Pupil
) -> None:
    photograph_id = kept(amina, until=today() + timedelta(days=3)).id
    assert add(sign_in(teacher), amina, given_by="Amina's father").status_code == 303
    with clock.later(days=5):
        outbox.deliver_due()
    [photograph] = everything_kept()
    assert (photograph.id, photograph.given_by) == (photograph_id, "Amina's father")


def test_another_picture_has_another_address(sign_in: SignInAs, client: CheckedClient, teacher: Staff,
                                             amina: Pupil) -> None:  # fmt: skip
    before = kept(amina).id
    assert add(sign_in(teacher), amina, picture()).status_code == 303
    assert client.get(f"/photograph/{before}").status_code == 404
    assert [one.id != before for one in everything_kept()] == [True]


def test_who_leaves_takes_their_photograph_along(client: CheckedClient, amina: Pupil, dsl: Staff) -> None:
    of_pupil, of_staff = kept(amina).id, kept(dsl).id
    services.pupil_leaves(amina)
    dsl.left_at = clock.now()
    assert client.get(f"/photograph/{of_pupil}").status_code == 404
    assert client.get(f"/photograph/{of_staff}").status_code == 404
    assert [one.staff_id for one in everything_kept()] == [dsl.id]


def test_only_their_own_teacher_or_the_head_adds_or_removes_it(
    sign_in: SignInAs, head: Staff, teacher: Staff, oak: SchoolClass, amina: Pupil
) -> None:
    elsewhere = services.add_pupil(oak, "Noor", "face-owl")
    by_teacher = sign_in(teacher)
    assert add(by_teacher, elsewhere, picture()).status_code == 404
    assert by_teacher.send(f"{address_of(elsewhere)}/remove").status_code == 404
    assert add(by_teacher, teacher, picture()).status_code == 403
    assert add(sign_in(head), elsewhere, picture()).status_code == 303


def test_of_staff_only_they_themselves_can_say_yes(sign_in: SignInAs, head: Staff, dsl: Staff) -> None:
    office = sign_in(head)
    assert add(office, dsl, picture(), given_by="The head", given_as="parent").status_code == 303
    found = queries.find_photograph_of(dsl)
    assert found and (found.given_by, found.given_as) == ("Dina Dsl", ConsentBy.THEMSELF)
    assert pictures_on(office.get("/staff/photographs").get_data(as_text=True)) == [f"/photograph/{found.id}"]


def test_the_days_of_consent() -> None:
    day = date(2026, 11, 25)
    for given_on, until, problem in [
        (day, date(2027, 8, 31), None),
        (day, day, None),
        (date(2025, 11, 24), day, None),
        (date(2025, 11, 23), day, "too-old"),
        (date(2026, 11, 26), date(2027, 8, 31), "not-yet"),
        (day, date(2026, 11, 24), "ended"),
        (day, date(2027, 11, 27), "too-long"),
    ]:
        assert consent_day_problem(given_on, until, day) == problem, (given_on, until)
    assert end_of_school_year(date(2027, 8, 31)) == date(2027, 8, 31)
    assert end_of_school_year(date(2027, 9, 1)) == date(2028, 8, 31)
