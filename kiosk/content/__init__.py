"""Lessons, agreements, phrases and facts: YAML files that anybody may edit, read into frozen values."""
