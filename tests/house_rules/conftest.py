"""The people that tests of features have."""

from tests.features.conftest import amina, deputy, dsl, head, sign_in, teacher, willow

__all__ = ["amina", "deputy", "dsl", "head", "sign_in", "teacher", "willow"]
