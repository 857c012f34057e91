"""What staff type to sign in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField, ValidationError
from wtforms.validators import DataRequired, EqualTo, Length

from kiosk.features.people.rules import password_problem
from kiosk.features.people.types import LONGEST_LINE, Passport
from kiosk.features.people.wording import LINES, QUESTIONS
from kiosk.web.display import read_choices

PROBLEMS = {
    "short": _("Write at least 12 letters or signs. Three or four words in a row are easy to remember."),
    "common": _("This password is too easy to guess. Write another."),
    "name": _("Leave your own name out of your password."),
}


class SignInForm(FlaskForm):
    """Address and password."""

    class Meta:
        csrf = False  # Every unsafe request is checked before its view.

    email = StringField(_("E-mail address"), [DataRequired(_("Write your e-mail address.")), Length(max=200)])
    password = PasswordField(_("Password"), [DataRequired(_("Write your password.")), Length(max=200)])


class PasswordForm(FlaskForm):
    """A new password, twice."""

    class Meta:
        csrf = False

    password = PasswordField(_("New password"), [DataRequired(_("Write a password.")), Length(max=200)])
    again = PasswordField(
        _("The same again"), [EqualTo("password", _("The two are not the same. Write the same again."))]
    )

    def __init__(self, *args: Any, names: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [part for name in names for part in name.split()]

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what is easy to guess."""
        problem = password_problem(field.data or "", names=self.names)
        if problem:
            raise ValidationError(PROBLEMS[problem])


@dataclass
class ProfileForm:
    """What a teacher writes of a pupil: how they like it, and how they say yes, no and stop."""

    choices: dict[str, str]
    passport: Passport
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, given: Mapping[str, str]) -> ProfileForm:
        """Read what was sent; `errors` says by field what to write instead."""
        choices, wrong = read_choices(given)
        # NUL is no letter, and PostgreSQL takes none.
        lines = {name: " ".join(given.get(name, "").replace("\0", "").split()) for name, _label, _hint in LINES}
        too_long = {name: str(TOO_LONG) for name, line in lines.items() if len(line) > LONGEST_LINE}
        return cls(choices, Passport(**lines), {name: _problem(name) for name in sorted(wrong)} | too_long)


TOO_LONG = _("Say it in %(most)s letters or fewer: it is read at a glance.", most=LONGEST_LINE)


def _problem(name: str) -> str:
    question = QUESTIONS[name]
    if question.kind == "number":
        least, most = question.bounds
        return str(_("Write a number from %(least)s to %(most)s.", least=least, most=most))
    if question.kind == "key":
        return str(_("Write one word, such as Space or KeyA, and another for each of two switches."))
    return str(_("Choose one from the list."))
