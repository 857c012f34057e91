"""A demo school with its own mailbox: to look around in, to train with, and for the tests."""
