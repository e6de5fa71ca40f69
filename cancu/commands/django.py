"""Chạy một lệnh quản trị của Django (migrate, makemigrations, shell …)."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="...", help="lệnh và tham số của Django")


def run(given: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["cancu django", *given.words])
    return 0
