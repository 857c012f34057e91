"""What can be done with concerns: one verb a function; they flush and never commit."""

from kiosk.features.concerns.services.handling import (
    acknowledge,
    close,
    mark_seen,
    note_context,
    open_concern,
    reopen,
    write_note,
)
from kiosk.features.concerns.services.keeping import (
    DeskOpened,
    HasNoKeyError,
    NotAReaderError,
    WaitError,
    enrol_reader,
    get_sealed_key,
    lock_desk,
    note_wrong_passphrase,
    open_desk,
    set_recovery_key,
)
from kiosk.features.concerns.services.sending import TellIsNotLiveError, send
from kiosk.features.concerns.services.vocabulary import decide_on_vocabulary

__all__ = [
    "DeskOpened",
    "HasNoKeyError",
    "NotAReaderError",
    "TellIsNotLiveError",
    "WaitError",
    "acknowledge",
    "close",
    "decide_on_vocabulary",
    "enrol_reader",
    "get_sealed_key",
    "lock_desk",
    "mark_seen",
    "note_context",
    "note_wrong_passphrase",
    "open_concern",
    "open_desk",
    "reopen",
    "send",
    "set_recovery_key",
    "write_note",
]
