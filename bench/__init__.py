"""Benchmarks. Nothing the site runs imports from here."""
