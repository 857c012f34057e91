"""The texts as they were shown, what each pupil said of each rule, and who signed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kiosk.core.database import ID_LENGTH, SchoolRow, refers
from kiosk.features.agreements.leaves import root_of
from kiosk.features.agreements.proof import canonical, digest_of
from kiosk.features.agreements.types import Mark, Way
from kiosk.features.people.models import Pupil, Staff

HASH = 64
LONGEST_ID = 80
LONGEST_NAME = 60


class AgreementVersion(SchoolRow):
    """One agreement as it stood: frozen when somebody first says something of it.

    `version` follows the English source. A mended translation or symbol makes another row with another root
    under the same version, so that nobody is asked to sign again for it.
    """

    __tablename__ = "agreement_version"
    __table_args__ = (UniqueConstraint("school_id", "root"),)

    agreement_id: Mapped[str] = mapped_column(String(LONGEST_ID))
    version: Mapped[str] = mapped_column(String(HASH))
    root: Mapped[str] = mapped_column(String(HASH))
    frozen_at: Mapped[datetime]

    leaves: Mapped[list[AgreementLeaf]] = relationship(order_by="AgreementLeaf.level, AgreementLeaf.language")

    def computed_root(self) -> str:
        """The root that its kept texts give."""
        leaves = [(one.level, one.language, digest_of(one.body)) for one in self.leaves]
        return root_of(self.agreement_id, self.version, leaves)


class AgreementLeaf(SchoolRow):
    """Everything shown at one level in one language, in the very bytes that were hashed."""

    __tablename__ = "agreement_leaf"
    __table_args__ = (
        refers("version_id", "agreement_version"),
        UniqueConstraint("school_id", "version_id", "level", "language"),
    )

    version_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    level: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(8))
    digest: Mapped[str] = mapped_column(String(HASH), index=True)
    body: Mapped[str] = mapped_column(Text)


class RuleMark(SchoolRow):
    """What a pupil says of one rule, and whether a question was talked about."""

    __tablename__ = "rule_mark"
    __table_args__ = (
        refers("pupil_id", "pupil"),
        refers("version_id", "agreement_version"),
        ForeignKeyConstraint(["school_id", "talked_by"], ["staff.school_id", "staff.id"]),
        UniqueConstraint("school_id", "pupil_id", "agreement_id", "version", "rule_id"),
    )

    pupil_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    version_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    agreement_id: Mapped[str] = mapped_column(String(LONGEST_ID))
    version: Mapped[str] = mapped_column(String(HASH))
    rule_id: Mapped[str] = mapped_column(String(LONGEST_ID))
    leaf: Mapped[str] = mapped_column(String(HASH))
    """The hash of the text that was on the page when they said it."""
    mark: Mapped[str] = mapped_column(String(10))
    marked_at: Mapped[datetime]
    talked_at: Mapped[datetime | None]
    talked_by: Mapped[str | None] = mapped_column(String(ID_LENGTH))

    pupil: Mapped[Pupil] = relationship(viewonly=True)
    talker: Mapped[Staff | None] = relationship(viewonly=True)

    @property
    def is_question(self) -> bool:
        """Whether they want to ask, talked about or not."""
        return self.mark == Mark.ASK


class Signature(SchoolRow):
    """One signature: bound to the hash of the very text shown, and to the signature before it.

    What is a person's (who, how, when they asked) enters the chain only through a salted commitment, so that
    it can be erased one day and the chain still be checked.
    """

    __tablename__ = "agreement_signature"
    __table_args__ = (
        # Without a cascade: a signature is erased on purpose, never by the way.
        ForeignKeyConstraint(["school_id", "pupil_id"], ["pupil.school_id", "pupil.id"]),
        ForeignKeyConstraint(
            ["school_id", "version_id"], ["agreement_version.school_id", "agreement_version.id"]
        ),
        UniqueConstraint("school_id", "number"),
        UniqueConstraint("school_id", "pupil_id", "agreement_id", "version"),
    )

    number: Mapped[int]
    version_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    agreement_id: Mapped[str] = mapped_column(String(LONGEST_ID))
    version: Mapped[str] = mapped_column(String(HASH))
    root: Mapped[str] = mapped_column(String(HASH))
    leaf: Mapped[str] = mapped_column(String(HASH))
    level: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(8))
    signed_at: Mapped[datetime]

    pupil_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    way: Mapped[str] = mapped_column(String(10))
    strokes: Mapped[list[Any]] = mapped_column(default=list)
    typed_name: Mapped[str] = mapped_column(String(LONGEST_NAME), default="")
    symbol: Mapped[str] = mapped_column(String(60), default="")
    with_class: Mapped[bool]
    """Signed from the sign-in that the class shares, with the teacher."""
    marks: Mapped[dict[str, Any]]
    """What they had said of each rule when they signed."""

    salt: Mapped[str] = mapped_column(String(HASH))
    commitment: Mapped[str] = mapped_column(String(HASH))
    previous: Mapped[str] = mapped_column(String(HASH))
    digest: Mapped[str] = mapped_column(String(HASH))

    pupil: Mapped[Pupil] = relationship(viewonly=True)

    @property
    def is_drawn(self) -> bool:
        """Whether there is a drawing to show."""
        return self.way == Way.DRAWN

    def computed_commitment(self) -> str:
        """The hash over what is a person's, hidden by the salt."""
        return digest_of(
            canonical(
                {"salt": self.salt, "pupil": self.pupil_id, "way": self.way, "strokes": self.strokes,
                 "typed_name": self.typed_name, "symbol": self.symbol, "with_class": self.with_class,
                 "marks": self.marks}
            )
        )

    def computed_digest(self) -> str:
        """The hash that this row should have."""
        return digest_of(
            canonical(
                {"school": self.school_id, "number": self.number, "agreement": self.agreement_id,
                 "version": self.version, "root": self.root, "leaf": self.leaf, "level": self.level,
                 "language": self.language, "at": self.signed_at.isoformat(timespec="microseconds"),
                 "commitment": self.commitment, "previous": self.previous}
            )
        )
