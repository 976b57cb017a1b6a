"""Measures of the methods, each beside a naive one."""
