from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.core.checks import Tags, register
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def create_roles(sender: AppConfig, apps: Apps = installed_apps, **kwargs: Any) -> None:
    """The team's groups after `migrate` and `flush`, as Django makes its permissions; not while rolling back."""
    models = {model._meta.label for model in apps.get_models()}
    if {"auth.Group", "digest.Entry", "papers.Paper"} <= models:
        call_command("setup_roles", verbosity=0)


class DigestConfig(AppConfig):
    name = "digest"
    verbose_name = _("Digests")

    def ready(self) -> None:
        # The one signal of the project: it is Django's only hook after migrations, and touches no row of ours.
        post_migrate.connect(create_roles, sender=self)
        checks = import_module("digest.index.checks")  # not before the models are there
        post_migrate.connect(checks.ensure_indexes, sender=self)
        register(checks.indexes_are_ready, Tags.database)
