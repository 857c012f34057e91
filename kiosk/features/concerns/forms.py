"""What a child sends from *tell*, and what readers write at the desk."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import PasswordField, StringField, TextAreaField, ValidationError
from wtforms.validators import AnyOf, DataRequired, EqualTo, Length

from kiosk.features.concerns.board import NEWEST
from kiosk.features.concerns.passphrases import MOST_PASSPHRASE_CHARACTERS, passphrase_problem
from kiosk.features.concerns.telling import Telling, clean
from kiosk.features.concerns.told import Note
from kiosk.features.concerns.types import Closing, Said, VocabularyAnswer

MOST_NOTE_CHARACTERS = 8_000

PROBLEMS = {
    "too-short": _("Write four words or more, or 16 letters or signs."),
    "too-long": _("Write at most 200 letters and signs."),
    "common": _("This is too easy to guess. Take words that do not belong together."),
    "name": _("Leave your own name and the school's out of it."),
}
CLOSINGS = {
    Closing.HANDLED: _("Handled in school"),
    Closing.EARLY_HELP: _("Passed to early help"),
    Closing.SOCIAL_CARE: _("Passed to children's social care"),
    Closing.POLICE: _("Passed to the police"),
    Closing.OTHER_BODY: _("Passed to another body"),
    Closing.RECORDED_ELSEWHERE: _("Recorded in the school's case file"),
    Closing.NOT_NEEDED: _("Nothing more is needed"),
}


def read_telling(form: MultiDict[str, str]) -> Telling:
    """Everything that travels in the child's form; what our pages cannot have sent is left out."""
    said = form.get("said", "")
    return clean(
        Telling(
            wants_somebody_to_come=form.get("come") == "yes",
            said=Said(said) if said in {one.value for one in Said} else Said.NOTHING,
            pupil_id=form.get("pupil", "")[:32],
            class_id=form.get("class", "")[:32],
            words=form.get("words", ""),
            symbols=tuple(form.getlist("symbol")),
            feelings=tuple(form.getlist("feeling")),
            steps=tuple(form.getlist("step")),
            sent_id=form.get("sent_id", ""),
        )
    )


class _Form(FlaskForm):
    class Meta:
        csrf = False  # Every unsafe request is checked before its view.

    def sentences(self) -> dict[str, str]:
        """What to mend, one sentence a field."""
        return {name: str(errors[0]) for name, errors in self.errors.items() if name and errors}


class UnlockForm(_Form):
    """The desk passphrase."""

    passphrase = PasswordField(
        _("Desk passphrase"), [DataRequired(_("Write your desk passphrase.")), Length(max=MOST_PASSPHRASE_CHARACTERS)]
    )


class PassphraseForm(_Form):
    """A new desk passphrase, twice."""

    passphrase = PasswordField(_("Desk passphrase"), [DataRequired(_("Write a passphrase."))])
    again = PasswordField(
        _("The same again"), [EqualTo("passphrase", _("The two are not the same. Write the same again."))]
    )

    def __init__(self, *args: Any, names: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names

    def validate_passphrase(self, field: PasswordField) -> None:
        """Refuse what is easy to guess."""
        problem = passphrase_problem(field.data or "", names=self.names)
        if problem:
            raise ValidationError(PROBLEMS[problem])


def _text(label: Any, empty: Any) -> TextAreaField:
    too_long = _("Write at most 8,000 letters, or write the rest in a second note.")
    return TextAreaField(label, [DataRequired(empty), Length(max=MOST_NOTE_CHARACTERS, message=too_long)])


class WrittenForm(_Form):
    """What a reader writes of a concern; its fields are those of a note, by name."""

    @property
    def note(self) -> Note:
        """What is kept of it."""
        return Note(**{name: value or "" for name, value in self.data.items()})


class NoteForm(WrittenForm):
    """What was done."""

    text = _text(_("What was done"), _("Write what was done."))


class SeenForm(WrittenForm):
    """That somebody has seen the child."""

    by_whom = StringField(
        _("Who saw the child"),
        [DataRequired(_("Write who saw the child.")), Length(max=120, message=_("Write at most 120 letters."))],
    )
    when = StringField(
        _("When"),
        [
            DataRequired(_("Write when, such as: today at 10.40.")),
            Length(max=120, message=_("Write at most 120 letters.")),
        ],
    )
    text = _text(_("What was said, word for word"), _("Write what was said, or that nothing was."))


class CloseForm(WrittenForm):
    """Why a concern is closed here."""

    reason = StringField(_("Reason"), [AnyOf([one.value for one in Closing], message=_("Choose a reason."))])
    text = TextAreaField(
        _("In your own words"),
        [Length(max=MOST_NOTE_CHARACTERS, message=_("Write at most 8,000 letters."))],
    )


class VocabularyForm(_Form):
    """What a reader says to the words that a child can tell with, and which edition they looked at."""

    answer = StringField("", [AnyOf([one.value for one in VocabularyAnswer], message=_("Choose one of the two."))])
    edition = StringField(
        "", [AnyOf([str(NEWEST)], message=_("The words have changed meanwhile. Look at them again, then choose."))]
    )
