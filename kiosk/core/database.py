"""Two databases, one code: SQLite in one school, PostgreSQL for a trust."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask import Flask, has_app_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Engine,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    String,
    TypeDecorator,
    event,
    text,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    mapped_column,
    with_loader_criteria,
)

from kiosk.core import tenancy
from kiosk.core.settings import Settings

ID_LENGTH = 32


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always aware and in UTC; SQLite keeps no zone, so it is taken off and put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a zone cannot be stored.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  (SQLAlchemy reads it from the class)
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
    }


def new_id() -> str:
    """A random id of 16 letters and digits: no gap or order in ids tells anybody anything."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()


class SchoolRow(Base):
    """A row of one school: its key and every key that points to it hold the school."""

    __abstract__ = True

    school_id: Mapped[str] = mapped_column(
        String(ID_LENGTH),
        ForeignKey("school.id", ondelete="CASCADE"),
        primary_key=True,
        default=tenancy.get_school_id,
    )
    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)


def refers(column: str, table: str, *, ondelete: str = "CASCADE") -> ForeignKeyConstraint:
    """A foreign key to another row of the same school."""
    return ForeignKeyConstraint(
        ["school_id", column], [f"{table}.school_id", f"{table}.id"], ondelete=ondelete
    )


# On a connection with a transaction of its own (a test's), a commit ends a savepoint and no more.
db = SQLAlchemy(metadata=Base.metadata, session_options={"join_transaction_mode": "create_savepoint"})

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_after_commit_key = "kiosk after commit"


def set_writing(writing: bool) -> None:
    """Say whether the transactions to come may write; SQLite and PostgreSQL then hold us to it."""
    _writing.set(writing)


def init_database(app: Flask, settings: Settings) -> None:
    """Join the database to the app; call once."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database
    # An error's text goes to the log: without the values, which are names and what children wrote.
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "hide_parameters": True,
        "pool_pre_ping": bool(settings.database_url),
        # Fewer connections than threads: one that only waits for a slow tablet needs none.
        "pool_size": 10,
        "max_overflow": 10,
    }
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)


def prepare_engine(engine: Engine) -> None:
    """Make an engine begin its transactions as this house wants them."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _open_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN comes too late (after the first read): we send ours.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000",
                   "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    writing = _writing.get()
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
    # Read-then-write in a deferred transaction fails under several processes whatever the timeout.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _begin_postgresql(connection: Any) -> None:
    if not _writing.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


@event.listens_for(Session, "after_begin")
def _name_the_school(_session: Session, _transaction: Any, connection: Any) -> None:
    if connection.dialect.name == "postgresql":
        _tell_postgresql(connection)


def _tell_postgresql(connection: Any) -> None:
    connection.execute(
        text("SELECT set_config('kiosk.school', :school, true)"), {"school": tenancy.find_school_id() or ""}
    )


def _tell_the_transaction_in_hand() -> None:
    """A transaction that is under way already learns which school it is for from now on."""
    if has_app_context() and db.session.registry.has() and db.session().in_transaction():
        # One that has failed takes no more words, and needs none.
        with suppress(SQLAlchemyError):
            connection = db.session.connection()
            if connection.dialect.name == "postgresql":
                _tell_postgresql(connection)


tenancy.when_taken_in_hand(_tell_the_transaction_in_hand)


@event.listens_for(Session, "do_orm_execute")
def _only_the_school_in_hand(state: ORMExecuteState) -> None:
    if not any(issubclass(mapper.class_, SchoolRow) for mapper in state.all_mappers):
        return
    school_id = tenancy.get_school_id()
    if state.is_select or state.is_update or state.is_delete:
        state.statement = state.statement.options(
            with_loader_criteria(SchoolRow, lambda cls: cls.school_id == school_id, include_aliases=True)
        )


def after_commit(effect: Callable[[], None]) -> None:
    """Do something once the transaction in hand is committed, and never if it is not."""
    db.session().info.setdefault(_after_commit_key, []).append(effect)


@event.listens_for(Session, "after_commit")
def _do_effects(session: Session) -> None:
    # Savepoints end in after_commit too; effects wait for the outermost one.
    if session.in_nested_transaction():
        return
    for effect in session.info.pop(_after_commit_key, []):
        effect()


@event.listens_for(Session, "after_rollback")
def _forget_effects(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_after_commit_key, None)


@contextmanager
def transaction() -> Iterator[None]:
    """One writing transaction for a job or a command (a request has its own)."""
    before = _writing.get()
    _writing.set(True)
    db.session.rollback()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _writing.set(before)
