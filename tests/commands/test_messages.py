"""Catalogues are brought up to date without losing what people said of them."""

from __future__ import annotations

from pathlib import Path

from kiosk.commands.messages import NOT_YET, TRANSLATIONS, _update_one


def test_a_native_speakers_word_outlasts_an_update(tmp_path: Path) -> None:
    template, catalogue = TRANSLATIONS / "agreements.pot", tmp_path / "agreements.po"
    shipped = (TRANSLATIONS / "pl" / "LC_MESSAGES" / "agreements.po").read_text("utf-8")
    catalogue.write_text(shipped.replace(f"{NOT_YET}: no", f"{NOT_YET}: yes"), "utf-8")
    done, of = _update_one(catalogue, template, "pl")
    assert done == of
    assert f"{NOT_YET}: yes" in catalogue.read_text("utf-8")
