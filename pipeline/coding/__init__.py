"""Coding: what statements mean, by a codebook.

What belongs here: pure functions that read codebooks and lexicons, give codes to statements and measure how well they
do. What does not: orchestration, tables on disk, and any word of a language or subject (those are data).
"""
