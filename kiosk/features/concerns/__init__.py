"""Telling a trusted adult: sealing, keys, and what follows from them."""
