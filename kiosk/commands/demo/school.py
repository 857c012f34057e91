"""The people of the demo school. Nobody here is real."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select

from kiosk.core.clock import school_year, today
from kiosk.core.database import db
from kiosk.core.schools import School
from kiosk.core.settings import Settings
from kiosk.core.tenancy import in_school
from kiosk.features.concerns import services as concerns
from kiosk.features.concerns.board import NEWEST
from kiosk.features.concerns.recovery_sheets import split_recovery_key
from kiosk.features.concerns.sealing import PublicKey
from kiosk.features.concerns.types import VocabularyAnswer
from kiosk.features.families import services as families
from kiosk.features.people import services as people
from kiosk.features.people.faces import FACES
from kiosk.features.people.sounds import ask_for_sound
from kiosk.features.people.types import Passport, Role, SignInBy

PASSWORD = "paper-ink-stickers"  # noqa: S105 (the demo school prints it)
DESK_PASSPHRASE = "kettle lemon harbour violin"  # noqa: S105


@dataclass(frozen=True)
class DemoStaff:
    """Somebody who works at the demo school."""

    name: str
    email: str
    role: Role
    teaches: tuple[str, ...] = ()


STAFF = (
    DemoStaff("Rosa Marlow", "rosa@demo.example", Role.TEACHER, ("Oak", "Willow")),
    DemoStaff("Tom Adeyemi", "tom@demo.example", Role.TEACHER, ("Hazel", "Maple")),
    DemoStaff("Helen Kaur", "helen@demo.example", Role.HEAD),
    DemoStaff("Dilys Price", "dilys@demo.example", Role.DSL),
    DemoStaff("Sam Okafor", "sam@demo.example", Role.DEPUTY),
)
CLASSES = (
    ("Oak", "eyfs", "class-oak", SignInBy.TOGETHER),
    ("Willow", "ks1", "class-willow", SignInBy.FACE),
    ("Hazel", "lks2", "class-hazel", SignInBy.FACE),
    ("Maple", "uks2", "class-maple", SignInBy.FACE),
)
NAMES = {
    "Oak": "Ada Amir Bea Bilal Cai Chen Daisy Dara Eli Esme Fatou Finn Gita Hugo Ines Jonah Kofi Lila Maja Musa "
    "Nia Omar Pearl Quinn Rafi Seren Tariq Una Wren Zofia",
    "Willow": "Aisha Alfie Amina Ben Callum Chidi Eira Ellie Freya George Hana Ibrahim Isla Jakub Jaya Kai Leo Mei "
    "Mina Noor Olek Poppy Ravi Ruby Samir Sofia Theo Tilly Yusuf Zainab",
    "Hazel": "Abena Adam Anya Arlo Ayesha Bella Connor Dev Elif Emeka Erin Farah Gwen Harvey Idris Imogen Jamal "
    "Kasia Lewis Lucia Maryam Nikhil Oscar Priya Rhys Rosie Sana Tomasz Vivaan Zara",
    "Maple": "Abdul Aleks Aoife Aryan Beth Caleb Charlie Ebony Emre Evie Francesca Gethin Hafsa Harry Iqra Jasmine "
    "Joel Khadija Luca Magda Maisie Mohammed Nadia Niamh Oliver Rania Sienna Taiwo Umar Yasmin",
}


WAYS = {
    "Yusuf": (
        {"level": "symbols", "symbols": "on", "scan": "one", "pace": "3.0", "language": "en"},
        Passport("Looks up and smiles.", "Turns his head away.", "Puts his hand flat on the tablet."),
    ),
    "Zara": ({"theme": "dark", "typeface": "reading", "spacing": "wide", "size": "l", "language": "en"}, Passport()),
}
"""Two pupils who have a way of their own."""


@dataclass(frozen=True)
class Made:
    """What the one who runs the demo should know."""

    sheets: tuple[str, str]


def find_demo_school() -> School | None:
    """The demo school, if it was made already."""
    return db.session.scalars(select(School).order_by(School.id)).first()


def make_demo_school(settings: Settings) -> Made:
    """Make the school with its classes, pupils, staff, desk keys and home links; in the transaction in hand."""
    school = School(name="Larkfield Primary School (demo)")
    db.session.add(school)
    db.session.flush()
    with in_school(school.id):
        classes, pupils = {}, {}
        for name, band, symbol, sign_in_by in CLASSES:
            classes[name] = people.add_class(f"{name} Class", band, symbol, school_year(today()), sign_in_by)
            for first_name, face in zip(NAMES[name].split(), FACES, strict=False):
                pupils[first_name] = people.add_pupil(classes[name], first_name, face)
            ask_for_sound(classes[name])
            families.give_home_link(classes[name], key=settings.secret("server"))
        recovery = ec.generate_private_key(ec.SECP256R1())
        concerns.set_recovery_key(PublicKey.of(recovery, "recovery"))
        for one in STAFF:
            staff = people.add_staff(one.name, one.email, [one.role], password=PASSWORD)
            for name in one.teaches:
                people.give_class(staff, classes[name])
            for first_name, (choices, passport) in WAYS.items():
                if pupils[first_name].class_id in {classes[name].id for name in one.teaches}:
                    people.keep_choices(pupils[first_name], choices, by=staff)
                    people.keep_passport(pupils[first_name], passport, by=staff)
            if one.role in {Role.DSL, Role.DEPUTY}:
                concerns.enrol_reader(staff, DESK_PASSPHRASE)
            if one.role is Role.DSL:
                concerns.decide_on_vocabulary(staff, VocabularyAnswer.APPROVED, NEWEST)
    sheet_a, sheet_b = split_recovery_key(recovery)
    return Made(("\n".join(sheet_a.lines), "\n".join(sheet_b.lines)))
