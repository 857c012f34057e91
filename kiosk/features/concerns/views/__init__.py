"""The pages of concerns: the child's, the readers' desk, and where keys are made."""

from kiosk.features.concerns import alerts
from kiosk.features.concerns.views import child, desk, enrolling, handling, vocabulary
from kiosk.features.concerns.views.blueprint import blueprint

__all__ = ["alerts", "blueprint", "child", "desk", "enrolling", "handling", "vocabulary"]
