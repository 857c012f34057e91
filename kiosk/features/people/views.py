"""Signing in and out: class, face, and staff."""

from __future__ import annotations

from flask import abort, flash, make_response, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from kiosk.core.mail import settings_in_use
from kiosk.features.people import (
    queries,
    services,
    sounds,
    views_for_teachers,
    views_of_display,
    views_of_photographs,
)
from kiosk.features.people.blueprint import blueprint
from kiosk.features.people.forms import PasswordForm, SignInForm
from kiosk.features.people.rules import display_of_class, display_of_pupil
from kiosk.features.people.session import sign_in_here, sign_out_here, staff_here
from kiosk.features.people.types import LinkFor, SignInBy
from kiosk.web.access import Access, access
from kiosk.web.display import Display, defaults_for, forget, remember, tablet_in_hand
from kiosk.web.rendering import page
from kiosk.web.requests import keep_what_was_written, let_others_write

__all__ = ["blueprint", "sounds", "views_for_teachers", "views_of_display", "views_of_photographs"]


@blueprint.get("/")
@access(Access.ANYONE)
def choose_class() -> str:
    """The first page of every tablet: which class are you in?"""
    return page("people/choose_class.html", classes=queries.classes_of_this_year())


@blueprint.get("/class/<class_id>")
@access(Access.ANYONE)
def choose_face(class_id: str) -> str:
    """Who are you? Or, for a class that signs in together, one button."""
    school_class = queries.get_class_or_404(class_id)
    together = school_class.sign_in_by == SignInBy.TOGETHER
    pupils = [] if together else queries.pupils_of(class_id)
    return page("people/choose_face.html", school_class=school_class, pupils=pupils, together=together)


@blueprint.post("/class/<class_id>/pupils/<pupil_id>")
@access(Access.ANYONE)
def sign_in_pupil(class_id: str, pupil_id: str) -> Response:
    """Sign in the pupil whose card was tapped."""
    pupil = queries.find_pupil(pupil_id)
    if pupil is None or pupil.class_id != class_id or pupil.school_class.sign_in_by != SignInBy.FACE:
        abort(404)
    profile = queries.find_profile(pupil.id)
    sign_in_here(services.sign_in_pupil(pupil))
    chosen = profile.choices if profile else None
    return _to_home(display_of_pupil(defaults_for(pupil.school_class.band), chosen, tablet_in_hand()))


@blueprint.post("/class/<class_id>/together")
@access(Access.ANYONE)
def sign_in_together(class_id: str) -> Response:
    """Sign a class in with its one generic sign-in."""
    school_class = queries.get_class_or_404(class_id)
    if school_class.sign_in_by != SignInBy.TOGETHER:
        abort(404)
    sign_in_here(services.sign_in_class(school_class))
    return _to_home(display_of_class(defaults_for(school_class.band), tablet_in_hand()))


def _to_home(display: Display) -> Response:
    response = make_response(redirect(url_for("lessons.home"), 303))
    remember(response, display, secure=settings_in_use().secure)
    return response


@blueprint.post("/sign-out")
@access(Access.ANYONE)
def sign_out() -> Response:
    """Leave, and let the tablet forget."""
    sign_out_here()
    response = make_response(redirect(url_for("people.choose_class"), 303))
    forget(response)
    return response


@blueprint.get("/staff")
@access(Access.ANYONE)
def staff_sign_in() -> str:
    """Where staff sign in."""
    return page("people/staff_sign_in.html", form=SignInForm())


@blueprint.post("/staff")
@access(Access.ANYONE)
def staff_sign_in_now() -> Response | tuple[str, int]:
    """Sign a member of staff in, or say why not."""
    form = SignInForm()
    keep_what_was_written()
    if form.validate():
        key = settings_in_use().secret("server")
        try:
            attempt = services.begin_staff_sign_in(form.email.data or "", key=key)
            let_others_write()
            fits = services.password_fits(attempt.password_hash, form.password.data or "")
            sign_in_here(services.finish_staff_sign_in(attempt, fits=fits))
            response = make_response(redirect(url_for("people.staff_home"), 303))
            forget(response)
            return response
        except services.TooManyTriesError as wait:
            form.email.errors = [
                ngettext(
                    "Too many tries. Wait %(num)s minute, then try again.",
                    "Too many tries. Wait %(num)s minutes, then try again.",
                    wait.minutes,
                )
            ]
        except services.WrongPasswordError:
            form.email.errors = [_("This address and password do not go together. Check both and try again.")]
    return page("people/staff_sign_in.html", form=form), 422


@blueprint.get("/staff/home")
@access(Access.STAFF)
def staff_home() -> Response:
    """Where each member of staff starts: readers at the desk, others with their classes."""
    staff = staff_here()
    if queries.classes_taught_by(staff):
        return redirect(url_for("records.classes"))
    return redirect(url_for("concerns.desk"))


@blueprint.get("/welcome/<token>")
@access(Access.ANYONE)
def choose_password(token: str) -> str | tuple[str, int]:
    """A new member of staff chooses their password."""
    link = queries.find_link(token, LinkFor.PASSWORD)
    if link is None:
        return page("people/link_used.html"), 410
    return page("people/choose_password.html", form=PasswordForm(), staff=queries.find_staff(link.staff_id))


@blueprint.post("/welcome/<token>")
@access(Access.ANYONE)
def keep_password(token: str) -> Response | tuple[str, int]:
    """Keep the password and sign in."""
    link = queries.find_link(token, LinkFor.PASSWORD)
    staff = queries.find_staff(link.staff_id) if link else None
    if link is None or staff is None:
        return page("people/link_used.html"), 410
    form = PasswordForm(names=[staff.name])
    if not form.validate():
        return page("people/choose_password.html", form=form, staff=staff), 422
    services.set_password(staff, form.password.data or "")
    services.use_link(link)
    flash(_("Your password is set. Sign in with it now."))
    return redirect(url_for("people.staff_sign_in"), 303)
