"""A phrase that was told is in no file: not in the database, its write-ahead log, the jobs, or beside them."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from kiosk.commands.upgrade import upgrade_database
from kiosk.core import outbox, tenancy
from kiosk.core.database import db, transaction
from kiosk.core.schools import School
from kiosk.core.settings import Settings
from kiosk.factory import create_app
from kiosk.features.concerns import services
from kiosk.features.concerns.board import NEWEST
from kiosk.features.concerns.models import Concern
from kiosk.features.concerns.sealing import PublicKey
from kiosk.features.concerns.types import VocabularyAnswer
from kiosk.features.people import services as people
from kiosk.features.people.types import Role
from tests.checked_client import CheckedClient
from tests.features.concerns.child import Child
from tests.features.concerns.conftest import CHEAP, PASSPHRASE

CANARY = "the purple canary sang in the boiler room"
NOTE = "the green heron was told at noon"
PASSWORD = "seven green kites"


def test_a_phrase_that_was_told_or_written_is_in_no_file(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    settings.data.mkdir()
    upgrade_database(settings)
    app = create_app(settings)
    app.test_client_class = CheckedClient
    with app.app_context():
        with transaction():
            school = School(name="Oak Lane School")
            db.session.add(school)
            db.session.flush()
            school_id = school.id
        with tenancy.in_school(school_id):
            with transaction():
                for name in ("dina", "dev"):
                    reader = people.add_staff(name, f"{name}@oak.example", [Role.DSL], password=PASSWORD)
                    services.enrol_reader(reader, PASSPHRASE, cost=CHEAP)
                services.decide_on_vocabulary(reader, VocabularyAnswer.APPROVED, NEWEST)
                services.set_recovery_key(PublicKey.of(ec.generate_private_key(ec.SECP256R1()), "recovery"))
            client = app.test_client()
            assert isinstance(client, CheckedClient)
            child = Child(client).press("more").press("not-saying").press("symbols", words=CANARY)
            child.press("body").press("at.tell-at-neck").press("send")
            assert child.was_sent
            concern_id = db.session.query(Concern.id).scalar()
            client.send("/staff", email="dina@oak.example", password=PASSWORD)
            client.send("/desk/unlock", passphrase=PASSPHRASE)
            client.send(f"/desk/concerns/{concern_id}/open")
            read = client.get(f"/desk/concerns/{concern_id}").get_data(as_text=True)
            assert CANARY in read and "my neck" in read
            client.send(f"/desk/concerns/{concern_id}/notes", text=NOTE)
            assert NOTE in client.get(f"/desk/concerns/{concern_id}").get_data(as_text=True)
            outbox.deliver_due()
            files = [path for path in tmp_path.rglob("*") if path.is_file()]
            assert any(concern_id.encode() in path.read_bytes() for path in files), "we look where it would be"
            db.session.remove()
        db.engine.dispose()
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        data = path.read_bytes()
        for secret in (CANARY, NOTE, "purple", "heron", "tell-at-neck", "my neck", PASSPHRASE):
            assert secret.encode() not in data and secret.encode("utf-16-le") not in data, (path.name, secret)
