"""What each serving process loads."""

from __future__ import annotations

import os

from kiosk.commands.generation import die_with_parent, join_generation
from kiosk.core.settings import load_settings
from kiosk.factory import create_app

os.umask(0o077)
die_with_parent()
_settings = load_settings()
join_generation(_settings.data)
app = create_app(_settings)
