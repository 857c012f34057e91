"""The e-safety kiosk: learn, agree, tell, promise, home."""

from pathlib import Path

__version__ = "0.1.0"

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: lessons/, agreements/, static/ and translations/ stand beside the package."""
