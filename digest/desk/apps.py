from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin with our site class in place of the stock one."""

    default_site = "digest.desk.site.DeskSite"

    def ready(self) -> None:
        super().ready()
        # The desk is a floor of digest, not an app: autodiscover would look for digest/admin.py.
        import_module("digest.desk.admin")
