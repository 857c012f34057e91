"""What staff type to sign in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField, ValidationError
from wtforms.validators import DataRequired, EqualTo, Length

from kiosk.features.people.rules import password_problem

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
