"""ASGI entry point: production settings, which refuse to start without SECRET_KEY and ALLOWED_HOSTS."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digest.settings")
application = get_asgi_application()
